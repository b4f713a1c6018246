"""The committee decides who becomes its volunteer, holds what is sealed against the card, and lets people go."""

from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts import service as accounts
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor, Grant, Role
from backend.events import service as events
from backend.privacy.seals import Seal
from backend.sql import sql
from grab_orders.people import sealing
from grab_orders.people.errors import AlreadyDecided, DetailsCleared, OwnApplication, VolunteerUnknown
from grab_orders.people.events import (
    VolunteerApproved,
    VolunteerDetailsOpened,
    VolunteerFact,
    VolunteerLeft,
    VolunteerRefused,
)
from grab_orders.people.structs import VolunteerDetails, VolunteerStatus

_LOCK = "SELECT id, account_id, committee_code, status FROM volunteer WHERE id = $1 FOR UPDATE"
_DECIDE = """
    UPDATE volunteer SET status = :status, decided_by_id = :by, decided_at = :now, refusal = :reason WHERE id = :id
"""
_END = "UPDATE volunteer SET status = 'left', left_at = $2 WHERE id = $1"
_OF_ACCOUNT = "SELECT id FROM volunteer WHERE account_id = $1 AND status IN ('applied', 'approved')"
_SEALED = f"SELECT id, cleared_at, {', '.join(sealing.SEALED)} FROM volunteer WHERE id = $1"


class LockedVolunteer(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    account_id: int
    committee_code: str
    status: VolunteerStatus

    @property
    def grant(self) -> Grant:
        return Grant(Role.VOLUNTEER, self.committee_code)


async def approve(volunteer_id: int, by: Actor, now: datetime) -> None:
    """Make an applicant a volunteer: the role within the committee. Raises as `refuse` does."""
    async with db.transaction():
        found = await _lock_applied(volunteer_id, by)
        await _decide(found, VolunteerStatus.APPROVED, by, now)
        await accounts.grant(found.account_id, found.grant)
        await _record(VolunteerApproved, found, by)


async def refuse(volunteer_id: int, reason: str, by: Actor, now: datetime) -> None:
    """Refuse an applicant. Raises VolunteerUnknown beyond one's own committee, OwnApplication, AlreadyDecided."""
    async with db.transaction():
        found = await _lock_applied(volunteer_id, by)
        await _decide(found, VolunteerStatus.REFUSED, by, now, reason)
        await _record(VolunteerRefused, found, by, reason=reason)


async def let_go(volunteer_id: int, reason: str, by: Actor, now: datetime) -> None:
    """End a membership for the committee; the role goes at once. Raises as `refuse` does."""
    async with db.transaction():
        found = await _lock_within(volunteer_id, by)
        if found.status is not VolunteerStatus.APPROVED:
            raise AlreadyDecided(status=found.status)
        await end(found, now, reason=reason, by=by)


async def leave(actor: Actor, now: datetime) -> None:
    """Stop being a volunteer, or withdraw one's application. Raises VolunteerUnknown for who is neither."""
    async with db.transaction():
        found = await lock_live(actor.account_id)
        if found is None:
            raise VolunteerUnknown
        await end(found, now)


async def end(found: LockedVolunteer, now: datetime, *, reason: str = "", by: Actor | None = None) -> None:
    """Let a locked volunteer be one no more: also what accounts says that somebody is not any more."""
    await db.execute(_END, found.id, now)
    if found.status is VolunteerStatus.APPROVED:
        await accounts.ungrant(found.account_id, found.grant)
    await _record(VolunteerLeft, found, by, reason=reason)


async def open_details(volunteer_id: int, by: Actor, seal: Seal) -> VolunteerDetails:
    """What is sealed of a volunteer of one's own committee; that it was read is a fact. Raises DetailsCleared."""
    async with db.transaction():
        found = await _lock_within(volunteer_id, by)
        row = await db.fetchrow(_SEALED, volunteer_id)
        if row is None or row["cleared_at"] is not None:
            raise DetailsCleared
        details = sealing.open_details(row, seal)
        await _record(VolunteerDetailsOpened, found, by)
    return details


async def lock_live(account_id: int) -> LockedVolunteer | None:
    """The live application or membership of an account, locked."""
    volunteer_id = await db.fetchval(_OF_ACCOUNT, account_id)
    found = await _lock(volunteer_id) if volunteer_id is not None else None
    return found if found and found.status in (VolunteerStatus.APPLIED, VolunteerStatus.APPROVED) else None


async def _lock(volunteer_id: int) -> LockedVolunteer | None:
    row: asyncpg.Record | None = await db.fetchrow(_LOCK, volunteer_id)
    return msgspec.convert(dict(row), LockedVolunteer) if row else None


async def _lock_within(volunteer_id: int, by: Actor) -> LockedVolunteer:
    found = await _lock(volunteer_id)
    if found is None or not may_within(by, Permission.KEEP_VOLUNTEERS, found.committee_code):
        raise VolunteerUnknown
    if found.account_id == by.account_id:
        raise OwnApplication
    return found


async def _lock_applied(volunteer_id: int, by: Actor) -> LockedVolunteer:
    found = await _lock_within(volunteer_id, by)
    if found.status is not VolunteerStatus.APPLIED:
        raise AlreadyDecided(status=found.status)
    return found


async def _decide(found: LockedVolunteer, status: VolunteerStatus, by: Actor, now: datetime, reason: str = "") -> None:
    given = {"id": found.id, "status": status.value, "by": by.account_id, "now": now, "reason": reason}
    await db.execute(sql(_DECIDE, **given))


async def _record(kind: type[VolunteerFact], found: LockedVolunteer, by: Actor | None, **more: Any) -> None:
    await events.record(
        kind(
            subject_id=found.id,
            area_code=found.committee_code,
            account_id=found.account_id,
            account_ids=(found.account_id,),
            acted_by_id=by.account_id if by else None,
            **more,
        )
    )
