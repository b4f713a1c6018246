"""Bookings that repeat themselves: a schedule by days with its zone and local start, booked ahead by a job."""
