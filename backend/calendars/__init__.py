"""Which days and hours count, and when the weather shortens every limit. Owns CalendarDay, ClockWindow, WeatherMode.

Rows of an area beat those of the areas above it; the empty area is the whole country. It computes no deadline: it says
what was laid down, and tells of changes by facts. Calls accounts for the levels of area codes, and nobody else.
"""
