"""通报: send one text to a group or to everybody on duty, once, with a receipt for each person. However many there
are, their receipts are one statement, and they are notified by one fact.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from backend import db
from backend.accounts.structs import Actor
from backend.duty import queries as duty
from backend.emergencies import directing, groups, queries, situation
from backend.emergencies.errors import (
    ChoicesMissing,
    EmergencyOver,
    NobodyToReach,
    NotInCommand,
    TooManyToReach,
)
from backend.emergencies.events import BroadcastSent
from backend.emergencies.groups import GroupPeople
from backend.emergencies.structs import AnswerKind, BroadcastDraft, EmergencyView, EntryKind
from backend.events import service as events
from backend.sql import sql
from backend.structs import IdempotencyKey

PEOPLE_MOST = 2000
_CHOICES_LEAST = 2
_LOCK = "SELECT ended_at FROM emergency WHERE id = $1 FOR SHARE"
_SENT_BEFORE = "SELECT id FROM broadcast WHERE sent_by_id = $1 AND idempotency_key = $2"
_SEND = """
    INSERT INTO broadcast (emergency_id, group_id, entry_id, text, answer_kind, choices, answer_by, commander_id,
        deputy_id, sent_by_id, sent_at, idempotency_key)
    VALUES (:emergency_id, :group_id, :entry_id, :text, :answer_kind, :choices, :answer_by, :commander_id,
        :deputy_id, :by, :now, :key)
    RETURNING id
"""
_RECEIPTS = """
    INSERT INTO broadcast_receipt (broadcast_id, account_id)
    SELECT $1, person FROM unnest($2::bigint[]) AS person
    ON CONFLICT ON CONSTRAINT broadcast_receipt_once DO NOTHING
"""
_EVENT = "UPDATE broadcast SET event_id = $2 WHERE id = $1"


async def send(
    emergency_id: int, draft: BroadcastDraft, actor: Actor, now: datetime, key: IdempotencyKey | None = None
) -> int:
    """Returns its id; under a key that was used before, that of then.

    Raises EmergencyUnknown, NotInCommand, EmergencyOver, CommandGroupUnknown, NobodyToReach, TooManyToReach,
    ChoicesMissing, and the errors of media for a photo that cannot serve.
    """
    async with db.transaction():
        emergency = await queries.get_emergency(emergency_id)
        areas = await directing.list_areas(actor, emergency.area_code)
        _require(emergency, draft, areas)
        await db.fetchval(_LOCK, emergency_id)
        if key is not None:
            # Two taps of one form wait for one another here, and the second finds what the first has sent.
            await db.fetchval("SELECT pg_advisory_xact_lock(hashtextextended($1, $2))", key, actor.account_id)
            if (earlier := await db.fetchval(_SENT_BEFORE, actor.account_id, key)) is not None:
                return earlier
        reached = await _reached(emergency, draft, areas, actor, now)
        return await _write(emergency, draft, reached, actor, now, key)


def _require(emergency: EmergencyView, draft: BroadcastDraft, areas: Sequence[str]) -> None:
    if not areas:
        raise NotInCommand
    if emergency.ended_at is not None:
        raise EmergencyOver(ended_at=emergency.ended_at.isoformat())
    choices = [choice.strip() for choice in draft.choices]
    is_enough = len(set(choices)) == len(choices) >= _CHOICES_LEAST and all(choices)
    if draft.answer_kind is AnswerKind.CHOICE and not is_enough:
        raise ChoicesMissing


async def _reached(
    emergency: EmergencyView, draft: BroadcastDraft, areas: Sequence[str], actor: Actor, now: datetime
) -> GroupPeople:
    """To whom it goes, within what the sender directs; the sender needs no receipt. Without a group they command."""
    if draft.group_id is not None:
        found = await groups.get_people(draft.group_id, emergency.area_code)
        if not directing.reaches(actor, emergency.area_code, areas, found.area_code):
            raise NotInCommand
    else:
        standing = [each for area in areas for each in await duty.list_on_duty_within(area, now)]
        people = sorted({each.account_id for each in standing})
        found = GroupPeople(id=0, area_code="", commander_id=None, deputy_id=None, people=people)
    people = [person for person in sorted(found.people) if person != actor.account_id]
    if not people:
        raise NobodyToReach
    if len(people) > PEOPLE_MOST:
        raise TooManyToReach(most=PEOPLE_MOST)
    return replace(found, people=people)


async def _write(
    emergency: EmergencyView,
    draft: BroadcastDraft,
    reached: GroupPeople,
    actor: Actor,
    now: datetime,
    key: IdempotencyKey | None,
) -> int:
    answer_by = now + timedelta(minutes=draft.minutes)
    entry_id = await situation.append(emergency.id, EntryKind.BROADCAST, draft.text, actor.account_id, now)
    assert entry_id is not None
    await situation.attach(entry_id, draft.photo_ids, actor)
    values = {
        "emergency_id": emergency.id,
        "group_id": draft.group_id,
        "entry_id": entry_id,
        "text": draft.text,
        "answer_kind": draft.answer_kind.value,
        "choices": [choice.strip() for choice in draft.choices] if draft.answer_kind is AnswerKind.CHOICE else [],
        "commander_id": reached.commander_id or actor.account_id,
    }
    broadcast_id = await db.fetchval(
        sql(
            _SEND,
            **values,
            answer_by=answer_by,
            deputy_id=reached.deputy_id,
            by=actor.account_id,
            now=now,
            key=key,
        )
    )
    await db.execute(_RECEIPTS, broadcast_id, reached.people)
    [event_id] = await events.record(_fact(broadcast_id, emergency, draft, reached, actor, answer_by))
    await db.execute(_EVENT, broadcast_id, event_id)
    return broadcast_id


def _fact(
    broadcast_id: int,
    emergency: EmergencyView,
    draft: BroadcastDraft,
    reached: GroupPeople,
    actor: Actor,
    answer_by: datetime,
) -> BroadcastSent:
    return BroadcastSent(
        subject_id=broadcast_id,
        emergency_id=emergency.id,
        area_code=emergency.area_code,
        account_ids=tuple(reached.people),
        kind=emergency.kind,
        area_zh=emergency.area_zh,
        text=draft.text,
        acted_by_id=actor.account_id,
        answer_by=answer_by,
        answer_kind=draft.answer_kind,
        is_urgent=True,
    )
