"""Who is gone, or holds neither role there any more, visits nobody there and reads nothing."""

from collections.abc import Sequence

from backend import clock, db
from backend.accounts import sql as accounts
from backend.elder_care.access import VISITORS
from backend.events.facts import Recorded

_HOLDS = " OR ".join(accounts.holds("v.account_id", f"'{role}'", "e.area_code") for role in VISITORS)
_LEAVE = f"""
    UPDATE elder_visitor v SET until = greatest(v.since, $2) FROM lone_elder e
    WHERE e.id = v.elder_id AND v.account_id = ANY($1::bigint[]) AND v.until IS NULL AND NOT ({_HOLDS})
"""
# Whose visit nobody has, the committee makes.
_FREE = """
    UPDATE elder_visit t SET visitor_id = NULL
    WHERE t.state = 'due' AND t.visitor_id = ANY($1::bigint[]) AND NOT EXISTS (SELECT FROM elder_visitor v
        WHERE v.elder_id = t.elder_id AND v.account_id = t.visitor_id AND v.until IS NULL)
"""


async def leave(recorded: Sequence[Recorded]) -> None:
    gone = sorted({each.subject_id for each in recorded})
    await db.execute(_LEAVE, gone, clock.now())
    await db.execute(_FREE, gone)
