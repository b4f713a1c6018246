"""Decide on an appeal: somebody else at the centre of the order's area, who has not judged the order, with a reason."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.evaluation.appeals.reads import is_seen
from backend.evaluation.appeals.rules import VERDICTS, require_decider
from backend.evaluation.appeals.structs import AppealState
from backend.evaluation.errors import AppealDecidedAlready, AppealIncomplete, AppealUnknown
from backend.evaluation.events import ScoreAppealDecided
from backend.evaluation.structs import ScoredKind
from backend.events import service as events
from backend.sql import sql
from backend.words import REASON, fitting

_LOCK = """
    SELECT a.*, o.number FROM score_appeal a JOIN work_order o ON o.id = a.order_id WHERE a.id = $1 FOR UPDATE OF a
"""
_JUDGES = "SELECT DISTINCT actor_id FROM order_step WHERE order_id = $1 AND move = ANY($2::text[])"
_DECIDE = """
    UPDATE score_appeal SET state = :state, decided_by_id = :by_id, decided_at = :now, decision = :decision
    WHERE id = :id
"""


async def decide(appeal_id: int, state: AppealState, decision: str, actor: Actor, now: datetime) -> None:
    """Deciding so again is the same. `decision`: the reason.

    Raises AppealUnknown, AppealOfOneself, NotYourFigures, AppealOfOwnVerdict, AppealDecidedAlready, AppealIncomplete,
    WordsTooLong.
    """
    words = fitting(decision, REASON, "decision")
    if not words:
        raise AppealIncomplete(field="decision")
    async with db.transaction():
        row = await db.fetchrow(_LOCK, appeal_id)
        if row is None or not is_seen(actor, row["area_code"], row["asked_by_id"], row["unit_id"]):
            raise AppealUnknown
        judges = [step["actor_id"] for step in await db.fetch(_JUDGES, row["order_id"], [*VERDICTS])]
        require_decider(actor, row["area_code"], row["asked_by_id"], row["unit_id"], judges)
        if row["state"] != AppealState.OPEN:
            _require_same(row, state, actor)
            return
        said = {"state": state.value, "decision": words, "by_id": actor.account_id, "now": now}
        await db.execute(sql(_DECIDE, id=appeal_id, **said))
        await events.record(_fact(row, state, actor))


def _require_same(row: asyncpg.Record, state: AppealState, actor: Actor) -> None:
    if (row["state"], row["decided_by_id"]) != (state, actor.account_id):
        raise AppealDecidedAlready(state=row["state"])


def _fact(row: asyncpg.Record, state: AppealState, actor: Actor) -> ScoreAppealDecided:
    return ScoreAppealDecided(
        subject_id=row["id"],
        area_code=row["area_code"],
        number=row["number"],
        measure=row["measure"],
        of_kind=ScoredKind.UNIT if row["person_id"] is None else ScoredKind.PERSON,
        acted_by_id=actor.account_id,
        is_granted=state is AppealState.GRANTED,
        asked_by_id=row["asked_by_id"],
    )
