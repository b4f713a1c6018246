"""What came of each source's readings by day, one row written with each batch."""

from datetime import date, datetime, timedelta

from backend import db
from backend.calendars.rules import shanghai_date
from backend.intake.sensors.structs import TakenFigures
from backend.sql import sql
from backend.structs import Read

_SHOWN_DAYS = 30
_COUNT = """
    INSERT INTO sensor_day AS d (source_id, on_day, readings, taken, repeated, unknown, refused, alarms, folds)
    VALUES (:source_id, :on_day, :readings, :taken, :repeated, :unknown, :refused, :alarms, :folds)
    ON CONFLICT (source_id, on_day) DO UPDATE SET readings = d.readings + EXCLUDED.readings,
        taken = d.taken + EXCLUDED.taken, repeated = d.repeated + EXCLUDED.repeated,
        unknown = d.unknown + EXCLUDED.unknown, refused = d.refused + EXCLUDED.refused,
        alarms = d.alarms + EXCLUDED.alarms, folds = d.folds + EXCLUDED.folds
"""
_LIST = """
    SELECT on_day, readings, taken, repeated, unknown, refused, alarms, folds FROM sensor_day
    WHERE source_id = $1 AND on_day >= $2 ORDER BY on_day DESC
"""


class SensorDayFigures(Read, frozen=True, kw_only=True):
    """Of a day of Shanghai. `alarms`: readings that went into alarms; `folds`: orders that came to be filed."""

    on_day: date
    readings: int
    taken: int
    repeated: int
    unknown: int
    refused: int
    alarms: int
    folds: int


async def count(source_id: int, figures: TakenFigures, now: datetime) -> None:
    """Add a batch. The last statement of its transaction: batches of a source wait here for each other's commit."""
    if not figures.readings:
        return
    values = {
        "readings": figures.readings,
        "taken": figures.taken,
        "repeated": figures.repeated,
        "unknown": figures.unknown,
        "refused": len(figures.refused),
        "alarms": figures.alarms_counted,
        "folds": figures.folds_opened,
    }
    await db.execute(sql(_COUNT, source_id=source_id, on_day=shanghai_date(now), **values))


async def list_days(source_id: int, now: datetime) -> list[SensorDayFigures]:
    """Of the last thirty days, the latest first."""
    since = shanghai_date(now) - timedelta(days=_SHOWN_DAYS)
    return [SensorDayFigures(**row) for row in await db.fetch(_LIST, source_id, since)]
