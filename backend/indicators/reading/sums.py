"""Sums of measures over areas and days, by what a program needs.

Along one dimension at a time they are held for areas by pentads and months, and all together by days
(`indicator_marginal`): most of what is asked for. Where an expression combines dimensions, whole months come from
`indicator_month`. All other days come from the contributions themselves.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from backend import db
from backend.indicators.measures import ACTIVITY_CODES
from backend.indicators.reading import statements
from backend.indicators.reading.areas import bound_ranges, counted_once
from backend.indicators.reading.grouping import Group, Grouping
from backend.indicators.reading.program import GroupKey, Program
from backend.indicators.reading.spans import MONTHS_AND_DAYS, SpanRange, SumSpan, ranges_of
from backend.indicators.structs import Grain, Period
from backend.orders.desk import reading
from backend.sql import Sql, sql

Sums = dict[str, dict[GroupKey, list[int]]]
"""By subject and group, the sums of the program's measures."""
DIMENSIONS: dict[Group, str] = {
    frozenset(): "",
    frozenset({("item", 1)}): "item1",
    frozenset({("item", 2)}): "item2",
    frozenset({("priority", 0)}): "priority",
    frozenset({("source", 0)}): "source",
}
"""The groups whose sums are held, by the names of their dimensions."""
BY_ORDER = "order"
"""What each order adds by itself, by its id: no grain of a figure that is shown."""
ALL = Sql("true")
SUBJECTS: dict[str, str] = {
    Grain.AREA: "f.area",
    Grain.ITEM: "NULLIF(m.item_code, '')",
    Grain.UNIT: "m.unit_id::text",
    Grain.PERSON: "m.person_id::text",
    Grain.ROAD: "NULLIF(m.road, '')",
    Grain.DAY: "m.day::text",
    BY_ORDER: "m.order_id::text",
}
_HELD_BY: dict[str, str] = {Grain.AREA: "f.area", Grain.DAY: "m.first_day::text"}


class AddedUp(NamedTuple):
    """What is added up from `indicator_month` and contributions: these groups over these ranges."""

    groups: Sequence[Group]
    ranges: Sequence[SpanRange]


class Sources(NamedTuple):
    """Which groups are held over which ranges, and what is added up beside them. Each day of a group comes once."""

    held: AddedUp
    added: Sequence[AddedUp]


def sources_of(groups: Sequence[Group], period: Period, by: str, *, has_all: bool = True) -> Sources:
    """Pure. `has_all`: nothing is left out, so that sums may be read in place of contributions."""
    days = ranges_of(period, ())
    if not has_all:
        return Sources(AddedUp([], []), [AddedUp(groups, days)])
    if by is Grain.AREA:
        held, ranges = [group for group in groups if group in DIMENSIONS], ranges_of(period)
        rest = [group for group in groups if group not in DIMENSIONS]
        single = [each for each in ranges if each.span is SumSpan.DAY]
        added = [AddedUp([group for group in held if group], single), AddedUp(rest, ranges_of(period, MONTHS_AND_DAYS))]
    elif by is Grain.DAY:
        held, ranges = [group for group in groups if not group], days
        added = [AddedUp([group for group in groups if group], days)]
    else:
        held, ranges = [], []
        added = [AddedUp(groups, ranges_of(period, MONTHS_AND_DAYS) if by is Grain.ITEM else days)]
    return Sources(AddedUp(held, ranges), [each for each in added if each.groups and each.ranges])


async def read_sums(program: Program, areas: Sequence[str], period: Period, by: str, only: Sql = ALL) -> Sums:
    """By a grain or by order. Subjects without any contribution are not among them.

    `only`: a condition on contributions `m` of orders, the others are left out.
    """
    found: Sums = defaultdict(dict)
    if not program.measures:  # indicators of numbers or percentiles alone
        return found
    held, added = sources_of(program.groups, period, by, has_all=only is ALL)
    async with reading():
        if held.groups:
            _take_held(found, held.groups, await db.fetch(_held_statement(program, held, areas, by)))
        for each in added:
            grouping = Grouping(program, each.groups)
            statement = _added_statement(program, grouping, each.ranges, by)
            left = {"only": only} if statements.ONLY in statement else {}
            bound = sql(statement, areas=counted_once(areas, by), **left, **bound_ranges(each.ranges))
            _take_added(found, grouping, await db.fetch(bound))
    return found


def _take_held(found: Sums, groups: Sequence[Group], rows: Sequence[asyncpg.Record]) -> None:
    group_of = {DIMENSIONS[group]: group for group in groups}
    for row in rows:
        subject, dimension, value, *sums = row
        found[subject][group_of[dimension], (value,) if dimension else ()] = sums


def _take_added(found: Sums, grouping: Grouping, rows: Sequence[asyncpg.Record]) -> None:
    count = len(grouping.columns)
    for row in rows:
        subject, mask, *said = row
        key, sums = grouping.key(mask, said[:count]), said[count:]
        before = found[subject].get(key)
        found[subject][key] = [(a or 0) + (b or 0) for a, b in zip(before, sums, strict=True)] if before else sums


def _held_statement(program: Program, held: AddedUp, areas: Sequence[str], by: str) -> Sql:
    summed = ", ".join(f"sum(m.{code})::bigint" for code in program.measures)
    text = statements.HELD_SUMS.format(subject=_HELD_BY[by], summed=summed)
    dimensions = [DIMENSIONS[group] for group in held.groups]
    return sql(text, areas=counted_once(areas, by), dimensions=dimensions, **bound_ranges(held.ranges))


def _added_statement(program: Program, grouping: Grouping, ranges: Sequence[SpanRange], by: str) -> str:
    measures, has_months = program.measures, any(each.span is SumSpan.MONTH for each in ranges)
    return statements.ADDED_SUMS.format(
        parts=" UNION ALL ".join(_parts(measures, by, has_months=has_months)),
        summed=", ".join(f"sum({code})::bigint AS {code}" for code in measures),
        again=", ".join(f"sum({code})::bigint" for code in measures),
        grouped=grouping.grouped,
        columns=grouping.listed,
        named=grouping.named,
        sets=grouping.sets("subject"),
    )


def _parts(measures: Sequence[str], by: str, *, has_months: bool) -> list[str]:
    """The tables that hold something of what is asked for."""
    own = [code for code in measures if code in ACTIVITY_CODES]
    found = [_part(statements.FROM_MONTHS, measures, by)] if has_months else []
    if len(own) < len(measures):
        read = [f"NULL::int AS {code}" if code in own else code for code in measures]
        found.append(_part(statements.FROM_ORDERS, read, by))
    if own and by != BY_ORDER:
        read = [code if code in own else f"NULL::int AS {code}" for code in measures]
        found.append(_part(statements.FROM_ACTIVITIES, read, by))
    return found


def _part(text: str, read: Sequence[str], by: str) -> str:
    columns = (each if each.startswith("NULL") else f"m.{each}" for each in read)
    return text.format(subject=SUBJECTS[by], read=", ".join(columns))
