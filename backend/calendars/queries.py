"""Reads of the calendar: the timetable for counting, the days of a span for people, and the year that is missing."""

from datetime import date, datetime

import msgspec

from backend import db
from backend.accounts import sql as people
from backend.accounts.scope import prefixes
from backend.calendars import rules, sql
from backend.calendars.structs import CalendarGap, DayRead, Mode, Outlook, Timetable
from backend.sql import sql as compose

_TIMETABLE = f"SELECT {sql.timetable('$1::text[]', '$2::timestamptz', '$3::bool')}::text"
_DAYS = """
    SELECT DISTINCT ON (on_date) on_date, is_workday, note, area_code FROM calendar_day
    WHERE area_code = ANY($1::text[]) AND on_date BETWEEN $2 AND $3
    ORDER BY on_date, length(area_code) DESC
"""
_YEARS = "SELECT DISTINCT extract(year FROM on_date)::int AS year FROM calendar_day WHERE area_code = '' ORDER BY 1"
_MODES = """
    SELECT level, starts_at, ends_at FROM weather_mode
    WHERE area_code = ANY($1::text[]) AND starts_at <= $2 AND (ends_at IS NULL OR ends_at > $2) ORDER BY starts_at
"""
_OUTLOOK = f"""
    SELECT array(SELECT DISTINCT extract(year FROM on_date)::int FROM calendar_day WHERE area_code = '') AS years,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('level', level, 'starts_at', starts_at, 'ends_at', ends_at)
            ORDER BY starts_at), '[]')::text FROM weather_mode
         WHERE area_code = ANY(:areas::text[]) AND starts_at <= :now AND (ends_at IS NULL OR ends_at > :now)) AS modes,
        array(SELECT notice FROM dismissed_notice WHERE account_id = :account_id) AS dismissed,
        {people.names_of_holders("'district_admin'", ":areas::text[]")} AS contacts
"""


async def get_timetable(area_code: str, since: datetime, *, with_days: bool = True) -> Timetable:
    """What was laid down for an area, from an instant on. One statement."""
    return msgspec.json.decode(
        await db.fetchval(_TIMETABLE, prefixes(area_code), since, with_days), type=Timetable, strict=False
    )


async def list_days(area_code: str, first: date, last: date) -> list[DayRead]:
    """The days that were laid down for an area within a span, both ends included."""
    rows = await db.fetch(_DAYS, prefixes(area_code), first, last)
    return [DayRead(**row) for row in rows]


async def list_modes(area_code: str, now: datetime) -> list[Mode]:
    """The weather modes that are on over an area now."""
    return [msgspec.convert(dict(row), Mode) for row in await db.fetch(_MODES, prefixes(area_code), now)]


async def get_outlook(area_code: str, account_id: int, now: datetime) -> Outlook:
    """What whoever sits at a desk must know: the year that is missing, and the weather modes over the area.

    Without what this person has put away. One statement.
    """
    row = await db.fetchrow(compose(_OUTLOOK, areas=prefixes(area_code), now=now, account_id=account_id))
    assert row is not None
    gap = rules.find_gap(row["years"], rules.shanghai_date(now))
    modes = msgspec.json.decode(row["modes"], type=list[Mode])
    return Outlook(
        gap=None if gap is None or gap.key in row["dismissed"] else gap,
        modes=[mode for mode in modes if mode.key not in row["dismissed"]],
        contacts=row["contacts"],
    )


async def list_known_years() -> list[int]:
    """The years whose national holidays are laid down."""
    return [row["year"] for row in await db.fetch(_YEARS)]


async def find_gap(now: datetime) -> CalendarGap | None:
    """The year whose holidays are missing, in words for a page or a log; None when all is well."""
    return rules.find_gap(await list_known_years(), rules.shanghai_date(now))
