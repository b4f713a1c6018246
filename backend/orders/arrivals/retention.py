"""Where handlers were is kept no longer than it may be asked for: long after an order has ended its raw fixes go.

What they proved stays: method, distance, accuracy, source, age, grade, doubts. An order whose photos are held keeps its
fixes too, since the same quarrel needs them. What this does not touch: the position of the step itself, which is part
of an append-only record.
"""

from datetime import datetime, timedelta

from backend import db
from backend.orders.model.states import ENDED, quoted
from backend.structs import Read
from media import queries as media
from media.structs import SubjectKind

_BATCH = 500
_STATES = quoted(ENDED)
# $1: ended before; $2: steps whose photos are held. A merged order has no instant of its end but its last step,
# nor that once its steps are archived.
_OLD = f"""
    FROM check_in c JOIN work_order o ON o.id = c.order_id
    WHERE c.fixed_at < $1 AND o.state IN ({_STATES})
      AND coalesce(o.closed_at, o.cancelled_at, (SELECT max(s.at) FROM order_step s WHERE s.order_id = o.id),
                   o.opened_at) < $1
      AND NOT EXISTS (SELECT FROM order_step h WHERE h.order_id = o.id AND h.id = ANY($2::bigint[]))
"""
_COUNT = f"SELECT count(*) {_OLD}"
_THIN = f"""
    WITH old AS (SELECT c.id {_OLD} ORDER BY c.fixed_at, c.id LIMIT $3 FOR UPDATE OF c SKIP LOCKED),
    thinned AS (
        UPDATE check_in SET raw_lng = NULL, raw_lat = NULL, raw_datum = NULL, fixed_at = NULL
        WHERE id IN (SELECT id FROM old) RETURNING 1)
    SELECT count(*) FROM thinned
"""


class FixUpkeep(Read, frozen=True, kw_only=True):
    """How many raw fixes went, or would go in a dry run."""

    is_dry_run: bool
    thinned: int


async def prune_fixes(keep_for: timedelta, now: datetime, *, is_dry_run: bool) -> FixUpkeep:
    """Forget the raw fixes of orders that ended longer ago than this; in a dry run only count them. Safe to repeat."""
    before, held = now - keep_for, await media.list_held(SubjectKind.ORDER_STEP)
    if is_dry_run:
        return FixUpkeep(is_dry_run=True, thinned=await db.fetchval(_COUNT, before, held))
    thinned = 0
    while count := await db.fetchval(_THIN, before, held, _BATCH):
        thinned += count
    return FixUpkeep(is_dry_run=False, thinned=thinned)
