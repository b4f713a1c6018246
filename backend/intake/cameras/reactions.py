"""What follows for a camera from the end of an order that was made of its event. Safe to repeat."""

from collections.abc import Sequence

from backend.events.facts import Recorded
from backend.intake.cameras import registry


async def count_right(recorded: Sequence[Recorded]) -> None:
    """办结: there was something to do."""
    await registry.judge_closed([each.subject_id for each in recorded])


async def count_wrong(recorded: Sequence[Recorded]) -> None:
    """作废: there was nothing to do."""
    await registry.judge_cancelled([each.subject_id for each in recorded])
