"""The steps of one account's own orders within a time, as their reporter is told them: for systems that follow them."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.orders.model.disclosure import note_of
from backend.orders.model.states import ENDED, State, Transition, quoted
from backend.sql import sql
from backend.structs import Read
from media import queries as media
from media.structs import AttachedPhoto, Audience, PhotoSubject, SubjectKind

# What ended before the time and was not opened again has no step within it that others are told of.
_MINE = f"""
    SELECT o.id, o.number, o.item_id, o.opened_at, o.merged_into_id FROM work_order o
    WHERE (o.opened_by_id = :reader::bigint
           OR o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = :reader::bigint)))
      AND (o.state NOT IN ({quoted(ENDED)}) OR o.state = '{State.MERGED}'
           OR greatest(o.closed_at, o.cancelled_at) >= :since)
"""
_STEPS = f"""
    SELECT s.id, mine.number, mine.item_id AS item_code, s.move, s.from_state, s.to_state, s.at, s.note, s.actor_id,
           s.actor_role,
           CASE WHEN s.to_state = '{State.MERGED}' THEN
               (SELECT survivor.number FROM work_order survivor WHERE survivor.id = mine.merged_into_id) END AS into
    FROM ({_MINE}) mine JOIN order_step s ON s.order_id = mine.id AND s.at >= mine.opened_at
    WHERE s.at >= :since AND s.at < :until AND s.move = ANY(:moves::text[]) ORDER BY s.at, s.id LIMIT :most
"""
_MOVES = sorted(set(Transition) - {Transition.OPEN, Transition.JOIN, Transition.ABSORB, Transition.DETACH})


class OwnStep(Read, frozen=True, kw_only=True):
    """A move of an order, without persons. `words`: as far as a reporter reads them."""

    id: int
    number: str
    item_code: str
    move: Transition
    from_state: State | None
    to_state: State
    at: datetime
    words: str
    merged_into: str | None
    photos: list[AttachedPhoto] = []


async def list_own_steps(
    reader_id: int, since: datetime, until: datetime, now: datetime, *, most: int
) -> list[OwnStep]:
    """Oldest first, from `since` on and before `until`."""
    statement = sql(_STEPS, reader=reader_id, since=since, until=until, moves=_MOVES, most=most)
    rows = await db.fetch(statement)
    photos = await _photos([row["id"] for row in rows], now)
    return [_step(row, reader_id, photos) for row in rows]


async def _photos(step_ids: Sequence[int], now: datetime) -> list[AttachedPhoto]:
    subjects = [PhotoSubject(SubjectKind.ORDER_STEP, step_id) for step_id in step_ids]
    return await media.list_attached(subjects, now, Audience.REPORTER) if subjects else []


def _step(row: asyncpg.Record, reader_id: int, photos: Sequence[AttachedPhoto]) -> OwnStep:
    return OwnStep(
        **{name: row[name] for name in ("id", "number", "item_code", "at")},
        move=Transition(row["move"]),
        from_state=State(row["from_state"]) if row["from_state"] else None,
        to_state=State(row["to_state"]),
        words=note_of(row, Audience.REPORTER, reader_id),
        merged_into=row["into"],
        photos=[photo for photo in photos if photo.subject_id == row["id"]],
    )
