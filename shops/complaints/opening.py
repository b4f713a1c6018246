"""Open the sealed identity of a complaint: one asks with a reason, another one agrees, both read for a day."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql
from backend.words import OPENING_REASON_LEAST
from shops.complaints import queries, rules
from shops.complaints.errors import (
    IdentityStillSealed,
    OpeningDecided,
    OpeningPending,
    OpeningReasonMissing,
    SecondPersonNeeded,
)
from shops.complaints.events import IdentityOpeningAsked, IdentityOpeningDecided, IdentityRead
from shops.complaints.filing import about
from shops.complaints.structs import Identity

_ASK = """
    INSERT INTO identity_opening (complaint_id, asked_by_id, asked_at, reason)
    VALUES (:complaint_id, :asked_by_id, :now, :reason)
    ON CONFLICT (complaint_id) WHERE decided_at IS NULL DO NOTHING RETURNING id
"""
_DECIDE = """
    UPDATE identity_opening SET decided_by_id = :decided_by_id, decided_at = :now, readable_until = :until
    WHERE id = :opening_id AND decided_at IS NULL AND asked_by_id <> :decided_by_id RETURNING id
"""
_READ = "INSERT INTO identity_reading (opening_id, account_id, at) VALUES ($1, $2, $3)"


async def ask(order_id: int, reason: str, actor: Actor, now: datetime) -> int:
    """Ask to know who complained. Returns the opening. Raises what `errors` says."""
    if len(reason.strip()) < OPENING_REASON_LEAST:
        raise OpeningReasonMissing
    async with db.transaction():
        found = await queries.get_complaint(order_id, actor)
        row = sql(_ASK, complaint_id=found.id, asked_by_id=actor.account_id, now=now, reason=reason)
        opening_id = await db.fetchval(row)
        if opening_id is None:
            raise OpeningPending
        await events.record(
            IdentityOpeningAsked(
                subject_id=opening_id,
                area_code=found.area_code,
                order_id=order_id,
                asked_by_id=actor.account_id,
                asked_by=actor.name,
                reason=reason,
            )
        )
    return opening_id


async def decide(opening_id: int, *, is_agreed: bool, actor: Actor, now: datetime) -> None:
    """Agree or refuse, once. Raises OpeningNotFound, SecondPersonNeeded, OpeningDecided."""
    async with db.transaction():
        found = await queries.get_opening(opening_id, actor)
        if not rules.may_decide(actor, found.opening):
            raise SecondPersonNeeded
        until = now + rules.READABLE_FOR if is_agreed else None
        values = {"opening_id": opening_id, "decided_by_id": actor.account_id, "now": now, "until": until}
        if await db.fetchval(sql(_DECIDE, **values)) is None:
            raise OpeningDecided
        await events.record(
            IdentityOpeningDecided(
                subject_id=opening_id,
                area_code=found.area_code,
                order_id=found.order_id,
                asked_by_id=found.opening.asked_by_id,
                decided_by_id=actor.account_id,
                is_agreed=is_agreed,
            )
        )


async def read(opening_id: int, *, actor: Actor, seal: Seal, now: datetime) -> Identity:
    """Read who complained, which is written down. Raises OpeningNotFound, IdentityStillSealed."""
    async with db.transaction():
        found = await queries.get_opening(opening_id, actor)
        if found.identity is None or not rules.may_read(actor, found.opening, now):
            raise IdentityStillSealed
        await db.execute(_READ, opening_id, actor.account_id, now)
        await events.record(
            IdentityRead(
                subject_id=opening_id,
                area_code=found.area_code,
                order_id=found.order_id,
                account_id=actor.account_id,
            )
        )
        clear = seal.open(found.identity, about(found.pseudonym_id))
    return msgspec.json.decode(clear, type=Identity)
