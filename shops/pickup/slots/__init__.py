"""Slots of routes and their places: made from schedules, listed, held for some minutes, taken and given back."""
