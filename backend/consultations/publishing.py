"""Release an answer for everybody, and take it back. A person reads it first; no data of anybody may be left in it."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.consultations import personal
from backend.consultations.errors import ConsultationNotFound, PersonalDataLeft, QuestionMissing
from backend.consultations.events import AnswerPublished, AnswerWithdrawn
from backend.consultations.queries import RELEASERS
from backend.consultations.structs import AnswerDraft
from backend.consultations.topics import TOPICS
from backend.events import service as events
from backend.orders.model.states import State
from backend.sql import sql

_ORDER = f"""
    SELECT item_id, area_code FROM work_order
    WHERE id = :order_id AND item_id = ANY(:topics::text[]) AND state = '{State.CLOSED}'
"""
_PUBLISH = """
    INSERT INTO published_answer (order_id, item_id, area_code, question, answer, published_by_id, published_at)
    VALUES (:order_id, :item_id, :area_code, :question, :answer, :by_id, :now)
    ON CONFLICT (order_id) DO UPDATE SET question = excluded.question, answer = excluded.answer,
        published_by_id = excluded.published_by_id, published_at = excluded.published_at, withdrawn_by_id = NULL,
        withdrawn_at = NULL
    WHERE published_answer.withdrawn_at IS NOT NULL OR published_answer.question <> excluded.question
        OR published_answer.answer <> excluded.answer
    RETURNING id
"""
_AREA = "SELECT area_code FROM published_answer WHERE id = $1"
_WITHDRAW = """
    UPDATE published_answer SET withdrawn_by_id = :by_id, withdrawn_at = :now
    WHERE id = :answer_id AND withdrawn_at IS NULL RETURNING order_id
"""


async def publish(order_id: int, draft: AnswerDraft, by: Actor, now: datetime) -> None:
    """Let everybody read it in these words; the same again is no news, others take the place of the first.

    Raises ConsultationNotFound, QuestionMissing, PersonalDataLeft.
    """
    async with db.transaction():
        order = await db.fetchrow(sql(_ORDER, order_id=order_id, topics=list(TOPICS)))
        if order is None or not by.holds(order["area_code"], *RELEASERS):
            raise ConsultationNotFound
        _require_clean(draft)
        row = {"question": draft.question, "answer": draft.answer, "by_id": by.account_id, "now": now}
        answer_id = await db.fetchval(sql(_PUBLISH, order_id=order_id, **dict(order), **row))
        if answer_id is not None:
            said = {"area_code": order["area_code"], "order_id": order_id, "by_id": by.account_id}
            await events.record(AnswerPublished(subject_id=answer_id, **said))


async def withdraw(answer_id: int, by: Actor, now: datetime) -> None:
    """Nobody reads it any more; twice is the same. Raises ConsultationNotFound."""
    async with db.transaction():
        area_code = await db.fetchval(_AREA, answer_id)
        if area_code is None or not by.holds(area_code, *RELEASERS):
            raise ConsultationNotFound
        order_id = await db.fetchval(sql(_WITHDRAW, answer_id=answer_id, by_id=by.account_id, now=now))
        if order_id is not None:
            said = {"area_code": area_code, "order_id": order_id, "by_id": by.account_id}
            await events.record(AnswerWithdrawn(subject_id=answer_id, **said))


def _require_clean(draft: AnswerDraft) -> None:
    """Raises QuestionMissing, PersonalDataLeft."""
    if not draft.question or not draft.answer:
        raise QuestionMissing
    for name in ("question", "answer"):
        if kinds := personal.kinds_in(getattr(draft, name), of_offices=name == "answer"):
            raise PersonalDataLeft(name, kinds)
