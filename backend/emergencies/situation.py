"""情况记录: what happened in an emergency, line by line, each with when it happened and when it was entered."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies import groups, queries, rights, wording
from backend.emergencies.errors import EmergencyOver, EmergencyUnknown, HappensLater
from backend.emergencies.events import SituationNoted
from backend.emergencies.structs import EntryDraft, EntryKind, SituationEntryView, SituationPhoto
from backend.events import service as events
from backend.orders.reads import meanwhile
from backend.orders.reads.meanwhile import NamedMeanwhile
from backend.sql import sql
from media import queries as photos
from media import service as media
from media.structs import PhotoRole, PhotoSubject, SubjectKind

BEFORE_MOST = timedelta(days=1)
"""What led to an emergency may be entered, as far back as this."""
_AHEAD_MOST = timedelta(minutes=2)
"""A clock on a phone may go before."""
_APPEND = """
    INSERT INTO situation_entry (emergency_id, kind, text, place, happened_at, entered_at, entered_by_id, order_id,
        source_key)
    VALUES (:emergency_id, :kind, :text, :place, :happened_at, :now, :by, :order_id, :source_key)
    ON CONFLICT DO NOTHING RETURNING id
"""
_LIST = """
    SELECT s.id, s.kind, s.text, s.place, s.happened_at, s.entered_at, coalesce(a.display_name, '') AS entered_by,
           s.order_id, '' AS order_number
    FROM situation_entry s LEFT JOIN account a ON a.id = s.entered_by_id
    WHERE s.emergency_id = $1 ORDER BY s.happened_at DESC, s.id DESC LIMIT $2
"""


async def append(
    emergency_id: int,
    kind: EntryKind,
    text: str,
    by_id: int | None,
    now: datetime,
    *,
    place: str = "",
    happened_at: datetime | None = None,
    order_id: int | None = None,
    source_key: str | None = None,
) -> int | None:
    """Write a line in the caller's transaction. None for an order, or another source, that is noted already."""
    values = {"emergency_id": emergency_id, "kind": kind.value, "text": text, "place": place, "order_id": order_id}
    values |= {"source_key": source_key}
    return await db.fetchval(sql(_APPEND, happened_at=happened_at or now, now=now, by=by_id, **values))


async def note(emergency_id: int, draft: EntryDraft, actor: Actor, now: datetime) -> int:
    """A person's line: of whoever directs there, or belongs to a command group of the area. Returns its id.

    Raises EmergencyUnknown, EmergencyOver, HappensLater, and the errors of media for photos that cannot serve.
    """
    async with db.transaction():
        emergency = await queries.get_emergency(emergency_id)
        if not rights.may_direct(actor, emergency.area_code) and not await groups.is_member(
            actor.account_id, emergency.area_code
        ):
            raise EmergencyUnknown
        if emergency.ended_at is not None:
            raise EmergencyOver(ended_at=emergency.ended_at.isoformat())
        happened_at = draft.happened_at or now
        if not emergency.begun_at - BEFORE_MOST <= happened_at <= now + _AHEAD_MOST:
            raise HappensLater
        entry_id = await append(
            emergency_id,
            EntryKind.NOTE,
            draft.text,
            actor.account_id,
            now,
            place=draft.place,
            happened_at=min(happened_at, now),
        )
        assert entry_id is not None
        await attach(entry_id, draft.photo_ids, actor)
        named = {"kind": emergency.kind, "level": emergency.level, "area_zh": emergency.area_zh}
        area_code = emergency.area_code
        await events.record(
            SituationNoted(subject_id=emergency_id, area_code=area_code, acted_by_id=actor.account_id, **named)
        )
    return entry_id


async def attach(entry_id: int, photo_ids: Sequence[UUID], owner: Actor) -> None:
    """Photos of a line, in the caller's transaction."""
    await media.attach(photo_ids, owner.account_id, SubjectKind.SITUATION_ENTRY, entry_id, PhotoRole.REPORT)


async def list_entries(emergency_id: int, now: datetime, reader: Actor, most: int = 500) -> list[SituationEntryView]:
    """The latest first. It asks nobody who may read it; orders are named to their staff alone."""
    rows = await db.fetch(_LIST, emergency_id, most)
    shown = await photos_of([row["id"] for row in rows], now)
    named = await meanwhile.list_named([row["order_id"] for row in rows if row["order_id"] is not None], reader)
    return [
        msgspec.convert(dict(row) | _of_order(row, named) | {"photos": shown[row["id"]]}, SituationEntryView)
        for row in rows
    ]


def _of_order(row: asyncpg.Record, named: Mapping[int, NamedMeanwhile]) -> dict[str, object]:
    """What a line about an order says to this reader, whatever was written down with it: a place may be a home."""
    if row["order_id"] is None:
        return {}
    order = named.get(row["order_id"])
    if order is None:
        return {"order_id": None, "text": wording.HIDDEN_ORDER, "place": ""}
    text = " · ".join(part for part in (order.number, order.item_zh, order.place) if part)
    return {"order_number": order.number, "text": text, "place": ""}


async def photos_of(entry_ids: Sequence[int], now: datetime) -> dict[int, list[SituationPhoto]]:
    """By line."""
    found: dict[int, list[SituationPhoto]] = defaultdict(list)
    for photo in await photos.list_attached(
        [PhotoSubject(SubjectKind.SITUATION_ENTRY, each) for each in entry_ids], now
    ):
        found[photo.subject_id].append(
            SituationPhoto(id=photo.id, thumb_url=photo.thumb_url, large_url=photo.large_url)
        )
    return found
