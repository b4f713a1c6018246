"""The one door for readings: a batch is one transaction and a handful of statements, whatever is in it."""

from collections.abc import Sequence
from datetime import datetime

from backend.intake.sensors.structs import SensorReading, TakenFigures


async def take(readings: Sequence[SensorReading], *, source_id: int, now: datetime) -> TakenFigures:
    """Take a batch of one source, in one transaction: all of it, or, where this raises, nothing of it.

    May be called again with the same readings: what was taken is counted as repeated. Opens no order itself: what has
    to be filed is a fact of the batch. A caller acknowledges its messages after this has returned.
    """
    raise NotImplementedError
