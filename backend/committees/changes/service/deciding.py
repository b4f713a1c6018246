"""Decide on what a committee asks for. The one who asked never does."""

from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.committees.changes import queries, rules
from backend.committees.changes.errors import OwnRequest
from backend.committees.changes.events import DutyChangeGranted, DutyChangeRefused
from backend.committees.changes.service import rows
from backend.committees.changes.structs import DutyChangeGrant, DutyChangeRead, DutyChangeState
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.errors import NotTheTown
from backend.committees.duty_list.structs import DutyVersion
from backend.committees.duty_list.versions import effect_day


async def grant(change_id: int, said: DutyChangeGrant, actor: Actor, now: datetime) -> DutyChangeRead:
    """同意: the next version of the task, as it was asked for, in force from its day on, or from today if that is past.

    Granting twice is the same. Raises ChangeUnknown, OwnRequest, NotTheTown, ChangeDecided, EntryMovedOn, DayTooFar.
    """
    async with db.transaction():
        if await _is_decided_so(change_id, DutyChangeState.GRANTED, actor):
            return await queries.get_change(change_id, actor)
        change = await queries.get_change(change_id, actor)
        version = _version_of(change, said, now)
        await duty_list.add_version(
            change.committee_code, change.template_id, change.base_version, version, actor, now, change_id=change_id
        )
        await rows.end(change_id, DutyChangeState.GRANTED, actor, now)
        decided = {"decided_by_id": actor.account_id, "valid_from": version.valid_from}
        await rows.record(DutyChangeGranted, change, **decided)
        return await queries.get_change(change_id, actor)


async def refuse(change_id: int, reason: str, actor: Actor, now: datetime) -> DutyChangeRead:
    """不同意: nothing changes, and the committee reads why. Refusing twice is the same.

    Raises ChangeUnknown, OwnRequest, NotTheTown, ChangeDecided.
    """
    async with db.transaction():
        if not await _is_decided_so(change_id, DutyChangeState.REFUSED, actor):
            await rows.end(change_id, DutyChangeState.REFUSED, actor, now, refusal=reason)
            change = await queries.get_change(change_id, actor)
            await rows.record(DutyChangeRefused, change, decided_by_id=actor.account_id, refusal=reason)
        return await queries.get_change(change_id, actor)


async def _is_decided_so(change_id: int, state: DutyChangeState, actor: Actor) -> bool:
    """Whether this actor has decided so before; else it is open, locked, and the actor's to decide."""
    row = await rows.lock(change_id, actor)
    if row["requested_by_id"] == actor.account_id:
        raise OwnRequest
    if not may_within(actor, Permission.DECIDE_DUTY_CHANGES, row["committee_code"]):
        raise NotTheTown
    if row["state"] == state and row["decided_by_id"] == actor.account_id:
        return True
    rows.require_open(row)
    return False


def _version_of(change: DutyChangeRead, said: DutyChangeGrant, now: datetime) -> DutyVersion:
    valid_from = said.valid_from or max(change.valid_from, shanghai_date(now))
    return DutyVersion(
        rrule=change.rrule,
        starts_on=change.starts_on,
        valid_from=effect_day(valid_from, now),
        is_on=rules.is_on_after(change.kind),
    )
