"""Count everything anew, in pieces, and the sums from the contributions: what differs is noted and mended.

What has not been counted because its facts have not arrived yet is counted as well and is no difference. The first
recount by a set of measures counts what was there before: it notes nothing, and fills the sums at its end.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from backend import db, logs
from backend.events import pending
from backend.indicators.counting import activities, noting, statement, sums
from backend.indicators.counting.concerned import orders_of
from backend.indicators.counting.concerned_activities import SUBJECTS, activities_of
from backend.indicators.counting.increments import count_touched
from backend.indicators.counting.lock import counting
from backend.indicators.counting.recurrence import with_following
from backend.indicators.measures import MEASURES, ActivityKind

log = logs.get_logger()
PIECE = 2000
_ABOUT = ("order", "hotline_task", "intake_record")
_NEXT = "SELECT min(id), max(id), count(*) FROM (SELECT id FROM work_order WHERE id > $1 ORDER BY id LIMIT $2) piece"
_IS_FIRST = "SELECT NOT EXISTS (SELECT FROM indicator_recount WHERE ended_at IS NOT NULL AND measures = $1)"
_BEGIN = "INSERT INTO indicator_recount (started_at, measures) VALUES ($1, $2) RETURNING id"
_END = """
    UPDATE indicator_recount SET ended_at = greatest(started_at, $2), orders = $3, activities = $4 WHERE id = $1
"""
_ORDER_DIFFERENT = """
    WITH noted AS (INSERT INTO indicator_difference (found_at, kind, order_id, rows)
        SELECT $2, 'order', unnest($3::bigint[]), 1)
    UPDATE indicator_recount SET order_differences = order_differences + cardinality($3::bigint[]) WHERE id = $1
"""
_ACTIVITY_DIFFERENT = """
    WITH noted AS (INSERT INTO indicator_difference (found_at, kind, subject_id, rows)
        SELECT $2, $4, unnest($3::bigint[]), 1)
    UPDATE indicator_recount SET activity_differences = activity_differences + cardinality($3::bigint[]) WHERE id = $1
"""


class Recounted(msgspec.Struct, frozen=True, kw_only=True):
    """What a recount found. `is_first`: it counted what was never counted, and no difference was noted."""

    orders: int
    activities: int
    order_differences: int
    activity_differences: int
    month_differences: int
    is_first: bool

    @property
    def differences(self) -> int:
        return self.order_differences + self.activity_differences + self.month_differences


class _RecountRun(NamedTuple):
    id: int
    now: datetime
    piece: int
    is_first: bool


async def recount(now: datetime, *, piece: int = PIECE) -> Recounted:
    """Count all that there is anew. What changes meanwhile is counted by either."""
    await count_touched()
    measures = measures_print()
    is_first = await db.fetchval(_IS_FIRST, measures)
    run = _RecountRun(await db.fetchval(_BEGIN, now, measures), now, piece, is_first)
    orders, wrong = await _recount_orders(run)
    others, wrong_others = await _recount_activities(run)
    if is_first:
        await sums.fill_all()
    month_rows = 0 if is_first else await sums.mend_all(run.id, now)
    await db.execute(_END, run.id, now, orders, others)
    done = Recounted(
        orders=orders,
        activities=others,
        order_differences=wrong,
        activity_differences=wrong_others,
        month_differences=month_rows,
        is_first=is_first,
    )
    (log.warning if done.differences else log.info)("indicators_recounted", **msgspec.structs.asdict(done))
    return done


def measures_print() -> str:
    """What is counted, in short: another one is counted for the first time."""
    said = "\n".join(f"{each.code} {each.day} {each.what} {','.join(each.moves)}" for each in MEASURES)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


async def _recount_orders(run: _RecountRun) -> tuple[int, int]:
    async def count(first: int, last: int) -> list[int]:
        return await db.fetchval(statement.of_range(first, last, with_sums=not run.is_first)) or []

    async def list_late() -> Sequence[int]:
        named = orders_of(await pending.list_about(_ABOUT))
        return await with_following([*await noting.list_noted(), *named])

    async def note(found: list[int]) -> None:
        await db.execute(_ORDER_DIFFERENT, run.id, run.now, found)

    return await _walk(run, _NEXT, count, list_late, note)


async def _recount_activities(run: _RecountRun) -> tuple[int, int]:
    counted = [await _recount_kind(run, kind) for kind in ActivityKind]
    return sum(count for count, _ in counted), sum(wrong for _, wrong in counted)


async def _recount_kind(run: _RecountRun, kind: ActivityKind) -> tuple[int, int]:
    async def count(first: int, last: int) -> list[int]:
        return await db.fetchval(activities.of_range(kind, first, last, with_sums=not run.is_first)) or []

    async def list_late() -> Sequence[int]:
        named = await activities_of(await pending.list_about(SUBJECTS))
        return [*await noting.list_noted_activities(kind), *named.get(kind, ())]

    async def note(found: list[int]) -> None:
        await db.execute(_ACTIVITY_DIFFERENT, run.id, run.now, found, kind.value)

    return await _walk(run, activities.NEXT[kind], count, list_late, note)


async def _walk(
    run: _RecountRun,
    next_piece: str,
    count: Callable[[int, int], Awaitable[list[int]]],
    list_late: Callable[[], Awaitable[Sequence[int]]],
    note: Callable[[list[int]], Awaitable[None]],
) -> tuple[int, int]:
    """Piece by piece, each under the lock. Returns how many there were, and how many were counted wrongly: those of
    which nothing new was on its way."""
    after, looked_at, wrong = 0, 0, 0
    while True:
        row = await db.fetchrow(next_piece, after, run.piece)
        if row is None or not row[2]:
            return looked_at, wrong
        async with counting():
            changed = await count(row[0], row[1])
            late = set(await list_late()) if changed and not run.is_first else set()
        found = [subject for subject in changed if subject not in late]
        if found and not run.is_first:
            await note(found)
            wrong += len(found)
        after, looked_at = row[1], looked_at + row[2]
