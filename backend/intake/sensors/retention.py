"""Keys of readings go once nothing is taken any more that they could tell a repeat of: a month of them at once."""

from datetime import datetime

from backend import db
from backend.intake.sensors.moments import RECOGNISED_FOR
from backend.partitions import emptying
from backend.partitions.months import month_of

TABLE = "alarm_reading"


async def empty(now: datetime) -> list[str]:
    """Empty the months that have ended for so long. Returns their names; one that is busy is emptied tomorrow."""
    async with db.connection() as connection:
        return await emptying.empty_before(connection, TABLE, month_of(now - RECOGNISED_FOR))
