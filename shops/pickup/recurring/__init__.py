"""Bookings that repeat themselves: a rule kept as text with its zone and local start, booked ahead by a job."""
