"""What the clock starts: forget the words of corrections whose term is over. The caller hands in the time."""

from datetime import datetime, timedelta

from backend.intake.items import corrections


async def forget(now: datetime, term: timedelta) -> None:
    """What was decided stays; the words that it was decided on go."""
    await corrections.forget(now - term)
