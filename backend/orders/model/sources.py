"""Where orders come from, as far as somebody counts them differently for it."""

UNREPORTED = ("root_cause", "co_handling", "pickup")
"""What follows from other orders, and what was booked: nobody reported that anything is wrong there."""
UNREPORTED_SQL = ", ".join(f"'{source}'" for source in UNREPORTED)
