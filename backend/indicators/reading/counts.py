"""How many cases took how long, in buckets, over areas and days: what percentiles are taken from.

Whole months of areas are held along one dimension at a time (`indicator_spread`); all else is counted from the
contributions, which know the minutes of their order.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import asyncpg

from backend import db
from backend.indicators.measures.percentiles import Duration
from backend.indicators.reading.areas import bound_ranges, counted_once
from backend.indicators.reading.grouping import Group, Grouping
from backend.indicators.reading.program import CountKey, Program
from backend.indicators.reading.spans import MONTHS_AND_DAYS, SpanRange, SumSpan, ranges_of
from backend.indicators.reading.statements import ADDED_COUNTS, HELD_COUNTS
from backend.indicators.reading.sums import DIMENSIONS, SUBJECTS
from backend.indicators.structs import Grain, Period
from backend.orders.desk import reading
from backend.sql import Sql, sql

BucketCounts = Mapping[str, Mapping[CountKey, Mapping[int, int]]]
"""By subject, then by duration and group: by bucket how many cases."""
_Found = dict[str, dict[CountKey, dict[int, int]]]


async def read_counts(program: Program, areas: Sequence[str], period: Period, by: Grain) -> BucketCounts:
    """Subjects without a case are not among them."""
    found: _Found = defaultdict(lambda: defaultdict(dict))
    if not program.durations:
        return found
    held = [group for group in program.count_groups if by is Grain.AREA and group in DIMENSIONS]
    rest = [group for group in program.count_groups if group not in held]
    spans = ranges_of(period, MONTHS_AND_DAYS if held else ())
    months = [each for each in spans if each.span is SumSpan.MONTH]
    days = [each for each in spans if each.span is SumSpan.DAY]
    async with reading():
        if held and months:
            _take_held(found, held, await db.fetch(_held_statement(program, held, areas, months)))
        for groups, ranges in ((held, days), (rest, ranges_of(period, ()))):
            if groups and ranges:
                grouping = Grouping(program, groups)
                _take(found, grouping, await db.fetch(_counted_statement(program, grouping, areas, ranges, by)))
    return found


def _take_held(found: _Found, groups: Sequence[Group], rows: Sequence[asyncpg.Record]) -> None:
    group_of = {DIMENSIONS[group]: group for group in groups}
    for row in rows:
        key = group_of[row["dimension"]], (row["value"],) if row["dimension"] else ()
        _add(found[row["subject"]][Duration(row["duration"]), key], row)


def _take(found: _Found, grouping: Grouping, rows: Sequence[asyncpg.Record]) -> None:
    for row in rows:
        key = grouping.key(row["grouped"], [row[name] for name in grouping.names])
        _add(found[row["subject"]][Duration(row["duration"]), key], row)


def _add(counts: dict[int, int], row: asyncpg.Record) -> None:
    for bucket, cases in zip(row["buckets"], row["cases"], strict=True):
        counts[bucket] = counts.get(bucket, 0) + cases


def _held_statement(
    program: Program, groups: Sequence[Group], areas: Sequence[str], months: Sequence[SpanRange]
) -> Sql:
    dimensions = [DIMENSIONS[group] for group in groups]
    durations = [each.value for each in program.durations]
    within = counted_once(areas, Grain.AREA)
    return sql(HELD_COUNTS, areas=within, dimensions=dimensions, durations=durations, **bound_ranges(months))


def _counted_statement(
    program: Program, grouping: Grouping, areas: Sequence[str], days: Sequence[SpanRange], by: Grain
) -> Sql:
    text = ADDED_COUNTS.format(
        subject=SUBJECTS[by],
        grouped=grouping.grouped,
        columns=grouping.listed,
        named=grouping.named,
        sets=grouping.sets("subject", "duration", "bucket"),
    )
    durations = [each.value for each in program.durations]
    return sql(text, areas=counted_once(areas, by), durations=durations, **bound_ranges(days))
