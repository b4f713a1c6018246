"""Where orders come from, as far as somebody counts them differently for it."""

BOOKED = "pickup"
"""Opened for later: its time begins at the hour that was booked."""
UNREPORTED = ("root_cause", "co_handling", BOOKED)
"""What follows from other orders, and what was booked: nobody reported that anything is wrong there."""
HOTLINE = "hotline"
"""12345: the order is closed by the word of the upper platform, which calls the citizen back."""
WITH_LAST_WORD = (HOTLINE,)
"""Sources that have the last word on each of their orders."""
WITH_LAST_WORD_SQL = ", ".join(f"'{source}'" for source in WITH_LAST_WORD)
UNREPORTED_SQL = ", ".join(f"'{source}'" for source in UNREPORTED)
