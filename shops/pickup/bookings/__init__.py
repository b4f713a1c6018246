"""Bookings of shops, each with an order for the hauler: made, changed, cancelled, followed, missed, measured."""
