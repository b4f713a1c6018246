"""Who leaves walks no more: what they had claimed is open for the next one. Stops that were proved stay so."""

from collections.abc import Sequence

from backend import db
from backend.accounts import queries as accounts
from backend.committees.patrols import rules, tasks, walking

_CLAIMED = """
    SELECT id FROM patrol_task WHERE walker_id = ANY($1::bigint[]) AND state = 'claimed' ORDER BY id
"""


async def let_go(account_ids: Sequence[int]) -> None:
    """Open the walks of people whom no grant of theirs lets walk there any more."""
    async with db.transaction():
        actors = {account_id: await accounts.lock_actor(account_id) for account_id in sorted(account_ids)}
        for row in await db.fetch(_CLAIMED, list(actors)):
            task = await tasks.lock_any(row["id"])
            actor = actors.get(task.walker_id or 0)
            if task.walker_id in actors and not (actor and rules.may_walk(actor, task.committee_code)):
                await walking.open_again(task)
