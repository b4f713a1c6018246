"""What follows for volunteers when accounts says that somebody left, or lost a role."""

from collections.abc import Sequence

from backend import clock, db
from backend.accounts import sql as accounts
from backend.events.facts import Recorded
from grab_orders.people import deciding
from grab_orders.people.structs import VolunteerStatus

_STANDS = f"""
    SELECT CASE WHEN $2 = 'approved' THEN {accounts.holds("$1::bigint", "'volunteer'", "$3::text")}
                ELSE {accounts.is_active("$1::bigint")} END
"""


async def let_volunteers_go(recorded: Sequence[Recorded]) -> None:
    """Who is gone, or holds the role no more, is no volunteer any more and waits for no decision."""
    for account_id in dict.fromkeys(each.subject_id for each in recorded):
        async with db.transaction():
            found = await deciding.lock_live(account_id)
            if found is not None and not await _still_stands(found.account_id, found.status, found.committee_code):
                await deciding.end(found, clock.now())


async def _still_stands(account_id: int, status: VolunteerStatus, committee_code: str) -> bool:
    return await db.fetchval(_STANDS, account_id, status.value, committee_code)
