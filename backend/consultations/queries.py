"""Reads of consultations: what everybody reads, and what those who release answers read of their areas."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.consultations import personal
from backend.consultations.structs import AnsweredQuestion, PublicAnswer, ReleasedAnswer
from backend.consultations.topics import TOPICS
from backend.geo.area_sql import within_any
from backend.orders.model.states import State
from backend.sql import sql

RELEASERS = (Role.COMMITTEE, Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
OFFERED_FOR = timedelta(days=90)
"""What was answered longer ago is not offered for publication any more."""
_MOST = 50
_TEXT_CHARS = 40
_TOPIC = "a.item_id AS topic"
_PUBLIC = f"""
    SELECT a.id, {_TOPIC}, a.question, a.answer, a.published_at FROM published_answer a
    WHERE a.withdrawn_at IS NULL AND (:topic::text IS NULL OR a.item_id = :topic::text)
      AND (a.question ILIKE :text::text OR a.answer ILIKE :text::text)
    ORDER BY a.published_at DESC, a.id DESC LIMIT {_MOST}
"""
_ANSWERED = f"""
    SELECT o.id AS order_id, o.number, i.name_zh AS item_zh, i.name_en AS item_en, o.closed_at, o.rating,
        o.description AS question,
        (SELECT s.note FROM order_step s WHERE s.order_id = o.id AND s.move = 'finish' ORDER BY s.id DESC LIMIT 1)
            AS answer
    FROM work_order o JOIN item i ON i.code = o.item_id
    WHERE o.item_id = ANY(:topics::text[]) AND o.state = '{State.CLOSED}' AND o.closed_at > :since AND {{within}}
      AND NOT EXISTS (SELECT FROM published_answer a WHERE a.order_id = o.id)
    ORDER BY o.closed_at DESC, o.id DESC LIMIT {_MOST}
"""
_RELEASED = f"""
    SELECT a.id, {_TOPIC}, a.question, a.answer, a.published_at, a.order_id, o.number,
        a.withdrawn_at IS NOT NULL AS is_withdrawn
    FROM published_answer a JOIN work_order o ON o.id = a.order_id
    WHERE {{within}} ORDER BY a.published_at DESC, a.id DESC LIMIT {_MOST}
"""


async def search(text: str = "", topic: str | None = None) -> list[PublicAnswer]:
    """Published answers with these words in question or answer, the latest first, fifty at the most."""
    looked_for = text.strip()[:_TEXT_CHARS].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    known = topic if topic in TOPICS else None
    rows = await db.fetch(sql(_PUBLIC, text=f"%{looked_for}%", topic=known))
    return [msgspec.convert(dict(row), PublicAnswer) for row in rows]


def areas_of(actor: Actor) -> list[str]:
    """Where somebody releases answers."""
    return actor.areas_of(*RELEASERS)


async def list_answered(areas: Sequence[str], now: datetime) -> list[AnsweredQuestion]:
    """What was answered in these areas and nobody has published, the latest first."""
    within = within_any("o.area_code", areas, "release_area")
    rows = await db.fetch(sql(_ANSWERED, topics=list(TOPICS), since=now - OFFERED_FOR, within=within))
    hidden = (
        {**row, "question": personal.hide(row["question"]), "answer": personal.hide(row["answer"] or "")}
        for row in rows
    )
    return [msgspec.convert(each, AnsweredQuestion) for each in hidden]


async def list_released(areas: Sequence[str]) -> list[ReleasedAnswer]:
    """What was published of these areas, also what was withdrawn since."""
    rows = await db.fetch(sql(_RELEASED, within=within_any("a.area_code", areas, "release_area")))
    return [msgspec.convert(dict(row), ReleasedAnswer) for row in rows]
