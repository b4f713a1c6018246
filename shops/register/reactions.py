"""What follows for shops when accounts says that somebody left."""

from collections.abc import Sequence

from backend import clock
from backend.events.facts import Recorded
from shops.register import leaving


async def leave(recorded: Sequence[Recorded]) -> None:
    """Whose account is closed acts for no shop any more."""
    await leaving.leave([each.subject_id for each in recorded], clock.now())
