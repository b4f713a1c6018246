"""Sums of measures over areas and days, by what a program needs: one statement.

Whole months come from the sums of months, the days before and after them from the contributions themselves. An area
is the areas of orders within it, found by leaps over the index of months.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from backend import db
from backend.geo.area_sql import outermost
from backend.indicators.reading.program import GroupKey, Program, column_sql
from backend.indicators.structs import Grain, Period
from backend.orders.desk import reading
from backend.sql import Sql, sql

Sums = Mapping[str, Mapping[GroupKey, Sequence[int | None]]]
"""By subject and group, the sums of the program's measures."""
_DAY = timedelta(days=1)
_NEVER = Period(date(1, 1, 2), date(1, 1, 1))
BY_ORDER = "order"
"""What each order adds by itself, by its id: no grain of a figure that is shown."""
_SUBJECTS: dict[str, str] = {
    Grain.AREA: "f.area",
    Grain.ITEM: "m.item_code",
    Grain.UNIT: "m.unit_id::text",
    Grain.PERSON: "m.person_id::text",
    Grain.ROAD: "NULLIF(m.road, '')",
    Grain.DAY: "m.day::text",
    BY_ORDER: "m.order_id::text",
}
ALL = Sql("true")
_BY_MONTH = (Grain.AREA, Grain.ITEM)
AREAS = """asked AS (SELECT unnest(:areas::text[]) COLLATE "C" AS area),
    found AS (
        SELECT area, (SELECT min(area_code)::text FROM indicator_month
            WHERE area_code >= area AND area_code < area || ':') COLLATE "C" AS code
        FROM asked
        UNION ALL
        SELECT area, (SELECT min(area_code)::text FROM indicator_month
            WHERE area_code > code AND area_code < area || ':') COLLATE "C"
        FROM found WHERE code IS NOT NULL
    )"""
"""Each area with the codes within it that anything was counted of."""
_SUMS = f"""
    WITH RECURSIVE {AREAS},
    part AS (
        {{of_months}}
        SELECT {{subject}} AS subject, m.item_code, m.source_kind, m.priority, {{read}}
        FROM found f JOIN order_contribution m ON m.area_code = f.code
        WHERE (m.day BETWEEN :first AND :before OR m.day BETWEEN :after AND :last) AND {{{{only}}}}
    ),
    summed AS (
        SELECT subject, item_code, source_kind, priority, {{summed}} FROM part
        WHERE subject IS NOT NULL GROUP BY 1, 2, 3, 4
    )
    SELECT subject, {{grouped}} AS grouped, {{columns}} {{again}} FROM (SELECT *, {{named}} FROM summed) named
    GROUP BY GROUPING SETS ({{sets}})
"""
_OF_MONTHS = """SELECT {subject} AS subject, m.item_code, m.source_kind, m.priority, {read}
        FROM found f JOIN indicator_month m ON m.area_code = f.code WHERE m.month BETWEEN :month_first AND :month_last
        UNION ALL"""


_COUNTED = f"WITH RECURSIVE {AREAS} SELECT DISTINCT code FROM found WHERE code IS NOT NULL ORDER BY 1"


class PeriodParts(NamedTuple):
    """A period as whole months and the days around them. A part that is empty ends before it begins."""

    before: Period
    months: Period
    after: Period


def parts_of(period: Period, *, by_month: bool = True) -> PeriodParts:
    first = period.first if period.first.day == 1 else _month_end(period.first) + _DAY
    after = period.last + _DAY
    last = period.last if after.day == 1 else period.last.replace(day=1) - _DAY
    if not by_month or last < first:
        return PeriodParts(period, _NEVER, _NEVER)
    return PeriodParts(Period(period.first, first - _DAY), Period(first, last), Period(last + _DAY, period.last))


async def list_counted_areas(areas: Sequence[str]) -> list[str]:
    """The areas of orders within these of which anything was counted."""
    return [row["code"] for row in await db.fetch(sql(_COUNTED, areas=list(areas)))]


async def read_sums(program: Program, areas: Sequence[str], period: Period, by: str, only: Sql = ALL) -> Sums:
    """By a grain or by order. Subjects without any contribution are not among them.

    `only`: a condition on contributions `m`; it narrows no sums of months, so not those by area and item.
    """
    if not program.measures:  # indicators of numbers alone
        return {}
    async with reading():
        rows = await db.fetch(sums_statement(program, areas, period, by, only))
    found: dict[str, dict[GroupKey, Sequence[int | None]]] = defaultdict(dict)
    columns, of_mask = program.columns, {_mask(program, group): group for group in program.groups}
    skip = 2 + len(columns)
    for row in rows:
        said = tuple(row)
        group = of_mask[said[1]]
        values = tuple(said[2 + number] for number, column in enumerate(columns) if column in group)
        found[said[0]][group, values] = said[skip:]
    return found


def sums_statement(program: Program, areas: Sequence[str], period: Period, by: str, only: Sql = ALL) -> Sql:
    before, months, after = parts_of(period, by_month=by in _BY_MONTH)
    subject, measures = _SUBJECTS[by], program.measures
    names = [f"by_{number}" for number in range(len(program.columns))]
    read = ", ".join(f"m.{code}" for code in measures)
    text = _SUMS.format(
        of_months=_OF_MONTHS.format(subject=subject, read=read) if by in _BY_MONTH else "",
        subject=subject,
        read=read,
        summed=", ".join(f"sum({code})::bigint AS {code}" for code in measures),
        again=", ".join(f"sum({code})::bigint" for code in measures),
        grouped=f"grouping({', '.join(names)})" if names else "0",
        columns="".join(f"{name}, " for name in names),
        named=", ".join(f"{column_sql(column)} AS {name}" for name, column in zip(names, program.columns, strict=True))
        or "NULL AS by_nothing",
        sets=", ".join(_set(program, names, group) for group in program.groups),
    )
    days = {"first": before.first, "before": before.last, "after": after.first, "last": after.last}
    if by in _BY_MONTH:
        days |= {"month_first": months.first, "month_last": months.last}
    return sql(text, areas=list(dict.fromkeys(areas)) if by is Grain.AREA else outermost(areas), only=only, **days)


def _set(program: Program, names: list[str], group: frozenset) -> str:
    of_group = [name for name, column in zip(names, program.columns, strict=True) if column in group]
    return f"({', '.join(['subject', *of_group])})"


def _mask(program: Program, group: frozenset) -> int:
    """What `grouping` says of rows of this group: a bit for each column that it does not tell apart."""
    mask = 0
    for column in program.columns:
        mask = mask * 2 + (column not in group)
    return mask


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
