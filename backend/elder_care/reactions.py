"""Who is gone, or holds neither role there any more, visits nobody there and reads nothing; the committee hears."""

from collections.abc import Sequence

from backend import clock, db
from backend.accounts import sql as accounts
from backend.elder_care.access import VISITORS
from backend.elder_care.events import VisitorLeft
from backend.events import service as events
from backend.events.facts import Recorded

_HOLDS = " OR ".join(accounts.holds("v.account_id", f"'{role}'", "e.area_code") for role in VISITORS)
_LEAVE = f"""
    WITH left_now AS (
        UPDATE elder_visitor v SET until = greatest(v.since, $2) FROM lone_elder e
        WHERE e.id = v.elder_id AND v.account_id = ANY($1::bigint[]) AND v.until IS NULL AND NOT ({_HOLDS})
        RETURNING v.account_id, e.area_code, e.label, e.ended_at
    )
    SELECT account_id, area_code, array_agg(label ORDER BY label) AS labels FROM left_now
    WHERE ended_at IS NULL GROUP BY account_id, area_code ORDER BY account_id, area_code
"""
# Whose visit nobody has, the committee makes.
_FREE = """
    UPDATE elder_visit t SET visitor_id = NULL
    WHERE t.state = 'due' AND t.visitor_id = ANY($1::bigint[]) AND NOT EXISTS (SELECT FROM elder_visitor v
        WHERE v.elder_id = t.elder_id AND v.account_id = t.visitor_id AND v.until IS NULL)
"""


async def leave(recorded: Sequence[Recorded]) -> None:
    """One fact for whoever left and each committee; twice is the same, since a row of a visitor ends once."""
    gone = sorted({each.subject_id for each in recorded})
    async with db.transaction():
        rows = await db.fetch(_LEAVE, gone, clock.now())
        await db.execute(_FREE, gone)
        await events.record(
            *(
                VisitorLeft(subject_id=row["account_id"], area_code=row["area_code"], labels=tuple(row["labels"]))
                for row in rows
            )
        )
