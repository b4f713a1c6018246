"""What people write into the register: a lift, its days, that the work was done. Each change stands in its history."""

from datetime import date, datetime

import asyncpg

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.lifts import access, queries
from backend.lifts.errors import LiftDayUnfit, LiftKnown, LiftNotFound, LiftNotYours, LiftUnitUnknown
from backend.lifts.rules import EARLIEST, LATEST
from backend.lifts.structs import LiftDraft, LiftView
from backend.places import queries as places
from backend.sql import sql

_NAMES = LiftDraft.__struct_fields__
_ADD = f"""
    INSERT INTO lift (place_id, {", ".join(_NAMES)}, updated_at)
    VALUES (:place_id, {", ".join(f":{name}" for name in _NAMES)}, :now)
    ON CONFLICT DO NOTHING RETURNING id
"""
_SET = f"""
    UPDATE lift SET {", ".join(f"{name} = :{name}" for name in _NAMES)}, updated_at = :now, notified_on = NULL
    WHERE id = :lift_id
"""
_LOCK = f"{queries.VIEW} WHERE lift.id = $1 FOR UPDATE OF lift"
_NOTE = """
    INSERT INTO lift_change (lift_id, field, before, after, by_id, at)
    VALUES (:lift_id, :field, :before, :after, :by_id, :now)
"""


async def add(place_id: int, draft: LiftDraft, by: Actor, now: datetime) -> int:
    """Put a lift into the register at its place. Returns its id.

    Raises PlaceNotFound, LiftNotYours, LiftKnown, LiftDayUnfit, LiftUnitUnknown.
    """
    place = await places.get_place(place_id)
    if not access.keeps(by, place.area_code):
        raise LiftNotYours
    await _check(draft, now)
    async with db.transaction():
        return await insert(place_id, draft, by, now)


async def insert(place_id: int, draft: LiftDraft, by: Actor, now: datetime) -> int:
    """The same of what was checked, within a transaction. Raises LiftKnown."""
    lift_id = await db.fetchval(sql(_ADD, place_id=place_id, now=now, **_values(draft)))
    if lift_id is None:
        raise LiftKnown
    await _note(lift_id, "lift_no", "", draft.lift_no, by, now)
    return lift_id


async def correct(lift_id: int, draft: LiftDraft, by: Actor, now: datetime) -> None:
    """Write the entry anew. Raises LiftNotFound, LiftNotYours, LiftKnown, LiftDayUnfit, LiftUnitUnknown."""
    await _check(draft, now)
    async with db.transaction():
        lift = await _lock(lift_id, by)
        if not access.keeps(by, lift.area_code):
            raise LiftNotYours
        try:
            await write(lift, draft, by, now)
        except asyncpg.UniqueViolationError as error:
            raise LiftKnown from error


async def write(lift: LiftView, draft: LiftDraft, by: Actor, now: datetime) -> None:
    """What was checked over what stood there, each difference noted. Within a transaction."""
    async with db.savepoint():
        await db.execute(sql(_SET, lift_id=lift.id, now=now, **_values(draft)))
    for name in _NAMES:
        before, after = getattr(lift, name), getattr(draft, name)
        if before != after:
            await _note(lift.id, name, str(before), str(after), by, now)


def is_as(lift: LiftView, draft: LiftDraft) -> bool:
    """Whether writing it would change nothing."""
    return all(getattr(lift, name) == getattr(draft, name) for name in _NAMES)


async def note_maintenance(lift_id: int, on: date, by: Actor, now: datetime) -> None:
    """It was maintained on a day; an earlier one than is known changes nothing.

    Raises LiftNotFound, LiftNotYours, LiftDayUnfit.
    """
    if not EARLIEST <= on <= shanghai_date(now):
        raise LiftDayUnfit
    async with db.transaction():
        lift = await _lock(lift_id, by)
        if not access.notes_work(by, lift):
            raise LiftNotYours
        if on <= lift.maintained_on:
            return
        change = "UPDATE lift SET maintained_on = $2, updated_at = $3, notified_on = NULL WHERE id = $1"
        await db.execute(change, lift_id, on, now)
        await _note(lift_id, "maintained_on", str(lift.maintained_on), str(on), by, now)


async def _lock(lift_id: int, by: Actor) -> LiftView:
    row = await db.fetchrow(_LOCK, lift_id)
    lift = queries.view_of(row) if row else None
    if lift is None or not access.sees(by, lift):
        raise LiftNotFound
    return lift


def check_days(draft: LiftDraft, now: datetime) -> None:
    """Raises LiftDayUnfit."""
    is_possible = EARLIEST <= draft.inspect_by <= LATEST and EARLIEST <= draft.maintained_on <= shanghai_date(now)
    if not is_possible:
        raise LiftDayUnfit


async def _check(draft: LiftDraft, now: datetime) -> None:
    check_days(draft, now)
    for unit_id in (draft.maintenance_unit_id, draft.property_unit_id):
        if unit_id is not None and await accounts.find_unit(unit_id) is None:
            raise LiftUnitUnknown


def _values(draft: LiftDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in _NAMES}


async def _note(lift_id: int, field: str, before: str, after: str, by: Actor, now: datetime) -> None:
    row = {"lift_id": lift_id, "field": field, "before": before[:100], "after": after[:100]}
    await db.execute(sql(_NOTE, **row, by_id=by.account_id, now=now))
