"""Lay down days, windows and weather modes. Every change is told as a fact, so that open deadlines are counted anew."""

from collections.abc import Sequence
from datetime import date, datetime

from backend import db
from backend.calendars import seeds
from backend.calendars.errors import AreaPrefixInvalid, ModeEndsEarly, WindowInvalid
from backend.calendars.events import CalendarChanged, WeatherChanged
from backend.calendars.structs import WeatherLevel, Window
from backend.events import service as events
from backend.geo.area_codes import is_area_or_cell

_SEED = """
    INSERT INTO calendar_day (area_code, on_date, is_workday, note, origin)
    SELECT '', day, works, said, 'package'
    FROM unnest($1::date[], $2::bool[], $3::text[]) AS known(day, works, said)
    ON CONFLICT (area_code, on_date) DO UPDATE SET is_workday = EXCLUDED.is_workday, note = EXCLUDED.note
    WHERE calendar_day.origin = 'package'
      AND (calendar_day.is_workday, calendar_day.note) IS DISTINCT FROM (EXCLUDED.is_workday, EXCLUDED.note)
    RETURNING id
"""
_SET = """
    INSERT INTO calendar_day (area_code, on_date, is_workday, note, origin) VALUES ($1, $2, $3, $4, 'person')
    ON CONFLICT (area_code, on_date)
    DO UPDATE SET is_workday = EXCLUDED.is_workday, note = EXCLUDED.note, origin = 'person'
"""
_FORGET = "DELETE FROM calendar_day WHERE area_code = $1 AND on_date = ANY($2::date[])"
_WINDOWS = """
    INSERT INTO clock_window (area_code, clock, opens_min, closes_min)
    SELECT $1, $2, * FROM unnest($3::int[], $4::int[])
"""
_MODE = "INSERT INTO weather_mode (area_code, level, starts_at, ends_at) VALUES ($1, $2, $3, $4) RETURNING id"
_END_MODE = """
    UPDATE weather_mode SET ends_at = $2 WHERE area_code = $1 AND starts_at < $2 AND (ends_at IS NULL OR ends_at > $2)
    RETURNING level, starts_at
"""
_WITHDRAW_MODES = "DELETE FROM weather_mode WHERE area_code = $1 AND starts_at >= $2 RETURNING level, starts_at"
_DAY_MIN = 24 * 60


async def seed() -> int:
    """Take over what the package knows; days that a person set stay. Safe to repeat. Returns how many changed."""
    days = list(seeds.national_days())
    async with db.transaction():
        was_empty = not await db.fetchval("SELECT EXISTS (SELECT FROM calendar_day)")
        changed = len(await db.fetch(_SEED, *(list(column) for column in zip(*days, strict=True))))
        if changed and not was_empty:
            await events.record(CalendarChanged())
    return changed


async def set_days(area_code: str, dates: Sequence[date], *, is_workday: bool, note: str = "") -> None:
    """Make days working days or holidays within an area; the empty area is the whole country."""
    _check_area(area_code)
    async with db.transaction():
        await db.executemany(_SET, [(area_code, on_date, is_workday, note) for on_date in dates])
        await events.record(CalendarChanged(area_code=area_code))


async def forget_days(area_code: str, dates: Sequence[date]) -> None:
    """Take back what was laid down for days of an area: what the areas above say counts again."""
    async with db.transaction():
        await db.execute(_FORGET, area_code, dates)
        await events.record(CalendarChanged(area_code=area_code))


async def set_windows(area_code: str, clock: str, windows: Sequence[Window]) -> None:
    """Set the hours that a clock counts within an area; none at all means those of the areas above it."""
    _check_area(area_code)
    hours = sorted((window.opens_min, window.closes_min) for window in windows)
    edges = [minute for pair in hours for minute in pair]
    if edges and (sorted(set(edges)) != edges or edges[0] < 0 or edges[-1] > _DAY_MIN):
        raise WindowInvalid
    async with db.transaction():
        await db.execute("DELETE FROM clock_window WHERE area_code = $1 AND clock = $2", area_code, clock)
        await db.execute(_WINDOWS, area_code, clock, [opens for opens, _ in hours], [closes for _, closes in hours])
        await events.record(CalendarChanged(area_code=area_code))


async def set_weather(
    area_code: str, level: WeatherLevel, starts_at: datetime, ends_at: datetime | None = None
) -> None:
    """Switch a weather mode on over an area: limits that begin within it are halved."""
    _check_area(area_code)
    if ends_at is not None and ends_at <= starts_at:
        raise ModeEndsEarly
    async with db.transaction():
        await db.execute(_MODE, area_code, level.value, starts_at, ends_at)
        await events.record(
            WeatherChanged(area_code=area_code, level=level.value, starts_at=starts_at, ends_at=ends_at)
        )


async def end_weather(area_code: str, now: datetime) -> int:
    """End the modes of exactly this area, and withdraw those still to come. Returns how many there were."""
    async with db.transaction():
        ended = await db.fetch(_END_MODE, area_code, now)
        withdrawn = await db.fetch(_WITHDRAW_MODES, area_code, now)
        for mode in (*ended, *withdrawn):
            await events.record(WeatherChanged(area_code=area_code, ends_at=now, **mode))
    return len(ended) + len(withdrawn)


def _check_area(area_code: str) -> None:
    if area_code and not is_area_or_cell(area_code):
        raise AreaPrefixInvalid
