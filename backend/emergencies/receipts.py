"""回执: a person opens a broadcast and answers it, by one tap. Each has a row of their own: two hundred who answer at
once wait for nobody, and what is counted is the rows.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies.errors import BroadcastAnswerMissing, BroadcastUnknown, EmergencyOver
from backend.emergencies.events import BroadcastAnswered
from backend.emergencies.receipt_structs import OwnReceipt
from backend.emergencies.structs import AnswerKind, BroadcastAnswerInput
from backend.events import service as events
from backend.sql import sql

_OWN = """
    SELECT b.id, b.emergency_id, b.entry_id, b.text, b.answer_kind, b.choices, b.answer_by, b.sent_at, e.kind, e.level,
           e.ended_at, e.area_code, coalesce(area.name, e.area_code) AS area_zh, sender.display_name AS sent_by,
           r.seen_at, r.answered_at, r.choice, r.answer
    FROM broadcast b JOIN emergency e ON e.id = b.emergency_id JOIN account sender ON sender.id = b.sent_by_id
    JOIN broadcast_receipt r ON r.broadcast_id = b.id AND r.account_id = $2 LEFT JOIN area ON area.code = e.area_code
    WHERE b.id = $1
"""
_SEE = """
    UPDATE broadcast_receipt SET seen_at = $3 WHERE broadcast_id = $1 AND account_id = $2 AND seen_at IS NULL
    RETURNING id
"""
_ANSWER = """
    UPDATE broadcast_receipt SET seen_at = least(coalesce(seen_at, :now), :now),
           answered_at = coalesce(answered_at, :now), choice = :choice, answer = :answer
    WHERE broadcast_id = :broadcast_id AND account_id = :account_id RETURNING id
"""
_TO_ME = """
    SELECT b.id FROM broadcast_receipt r JOIN broadcast b ON b.id = r.broadcast_id
    JOIN emergency e ON e.id = b.emergency_id AND e.ended_at IS NULL
    WHERE r.account_id = $1 AND r.answered_at IS NULL ORDER BY b.answer_by LIMIT 20
"""


async def get_own(broadcast_id: int, actor: Actor) -> OwnReceipt:
    """What was sent to oneself, and what one said. Raises BroadcastUnknown for everybody else."""
    row = await db.fetchrow(_OWN, broadcast_id, actor.account_id)
    if row is None:
        raise BroadcastUnknown
    return msgspec.convert(dict(row), OwnReceipt)


async def see(broadcast_id: int, actor: Actor, now: datetime) -> OwnReceipt:
    """Open it: it is seen from now on. Raises BroadcastUnknown."""
    async with db.transaction():
        if await db.fetchval(_SEE, broadcast_id, actor.account_id, now) is not None:
            await _record(await get_own(broadcast_id, actor), actor)
        return await get_own(broadcast_id, actor)


async def answer(broadcast_id: int, said: BroadcastAnswerInput, actor: Actor, now: datetime) -> OwnReceipt:
    """The first answer is when it was answered; a later one says something else. Late is better than silent.

    Raises BroadcastUnknown, BroadcastAnswerMissing, EmergencyOver.
    """
    async with db.transaction():
        own = await get_own(broadcast_id, actor)
        if own.ended_at is not None:
            raise EmergencyOver(ended_at=own.ended_at.isoformat())
        values = {"choice": _choice(own, said), "answer": _words(own, said)}
        await db.execute(sql(_ANSWER, broadcast_id=broadcast_id, account_id=actor.account_id, now=now, **values))
        await _record(own, actor)
        return await get_own(broadcast_id, actor)


async def list_unanswered(account_id: int) -> list[int]:
    """The broadcasts that still wait for this person, the most pressing first."""
    return [row["id"] for row in await db.fetch(_TO_ME, account_id)]


def _choice(own: OwnReceipt, said: BroadcastAnswerInput) -> int | None:
    if own.answer_kind is not AnswerKind.CHOICE:
        return None
    if said.choice is None or not 0 <= said.choice < len(own.choices):
        raise BroadcastAnswerMissing
    return said.choice


def _words(own: OwnReceipt, said: BroadcastAnswerInput) -> str:
    if own.answer_kind is AnswerKind.TEXT and not said.text:
        raise BroadcastAnswerMissing
    return said.text


async def _record(own: OwnReceipt, actor: Actor) -> None:
    await events.record(BroadcastAnswered(subject_id=own.id, area_code=own.area_code, acted_by_id=actor.account_id))
