"""Where orders come from, as far as somebody counts them differently for it."""

BOOKED = "pickup"
"""Opened for later: its time begins at the hour that was booked."""
UNREPORTED = ("root_cause", "co_handling", BOOKED)
"""What follows from other orders, and what was booked: nobody reported that anything is wrong there."""
UNREPORTED_SQL = ", ".join(f"'{source}'" for source in UNREPORTED)
