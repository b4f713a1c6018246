"""What happens to a plate in its years on the wall: damaged, repaired, replaced, moved, revoked.

A replaced code has one successor and none further on: when the successor is replaced in turn, everything that led to it
is turned to the new one, so a twenty-year-old plate is still one step from its door.
"""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.places.structs import PlaceRead
from qr import plate_areas
from qr.codes import Code
from qr.errors import CodeLeadsOthers, CodeNotLive, CodeTaken
from qr.service import registry
from qr.service.registry import LockedCode
from qr.structs import LIVE, PlateSighting, Status

_SET_STATUS = "UPDATE qr_code SET status = $2, changed_at = $3 WHERE code = $1"
_LEAD_ON = """
    UPDATE qr_code SET status = 'replaced', place_id = NULL, successor_id = $2, changed_at = $3
     WHERE code = $1 OR successor_id = $1
"""
_RETIRE = """
    UPDATE qr_code SET status = 'revoked', place_id = NULL, successor_id = NULL, changed_at = $2 WHERE code = $1
"""


async def mark_damaged(code: Code, *, actor: Actor | None, now: datetime, why: str = "") -> None:
    """Say that a plate should be replaced; it leads to its door until then. Raises CodeUnknown, CodeNotLive."""
    await _between(code, Status.ACTIVE, Status.DAMAGED, actor, now, why)


async def repair(code: Code, *, actor: Actor | None, now: datetime, why: str = "") -> None:
    """Say that a damaged plate is whole again. Raises CodeUnknown, CodeNotLive."""
    await _between(code, Status.DAMAGED, Status.ACTIVE, actor, now, why)


async def _between(code: Code, before: Status, after: Status, actor: Actor | None, now: datetime, why: str) -> None:
    async with db.transaction():
        held, _ = await registry.lock_live(code, actor)
        if held.status is after:
            return
        if held.status is not before:
            raise CodeNotLive(code=held.code, status=held.status)
        await db.execute(_SET_STATUS, held.code, after, now)
        await registry.note(held.code, after, actor=actor, now=now, why=why)


async def replace(
    old: Code, new: Code, *, actor: Actor | None, now: datetime, seen: PlateSighting | None = None, why: str = ""
) -> None:
    """Hang an unbound code in the place of a live one, which leads to it from now on; doing it again changes nothing.

    Raises CodeUnknown, CodeNotLive, CodeTaken, OutsideYourArea.
    """
    async with db.transaction():
        former, fresh = await registry.lock_both(old, new)
        await plate_areas.require_within(former.code, actor)
        if former.successor == fresh.code:
            return
        at = await _door_of(former, actor)
        if fresh.status in LIVE:
            raise CodeTaken(code=fresh.code, place_id=fresh.place_id)
        if fresh.status is not Status.UNBOUND:
            raise CodeNotLive(code=fresh.code, status=fresh.status)
        await registry.attach(fresh.code, at, "replace", actor=actor, now=now, seen=seen, former=former.anchor)
        await registry.end_binding(former.code, "replace", now)
        await db.execute(_LEAD_ON, former.code, fresh.code, now)
        await registry.note(former.code, Status.REPLACED, actor=actor, now=now, why=why, successor=fresh.code)


async def rebind(
    code: Code, place_id: int, *, actor: Actor | None, now: datetime, seen: PlateSighting | None = None
) -> None:
    """Move a live code to another door: it was hung on the wrong one. Its former door stays in the history.

    Raises CodeUnknown, CodeNotLive, CodeLeadsOthers, PlaceNotFound, OutsideYourArea.
    """
    async with db.transaction():
        held, _ = await registry.lock_live(code, actor)
        to = await registry.get_workplace(place_id, actor)
        if held.place_id == place_id:
            return
        if await db.fetchval("SELECT EXISTS (SELECT FROM qr_code WHERE successor_id = $1)", held.code):
            raise CodeLeadsOthers(code=held.code)
        await registry.end_binding(held.code, "rebind", now)
        await registry.attach(held.code, to, "rebind", actor=actor, now=now, seen=seen)


async def revoke(code: Code, *, actor: Actor | None, now: datetime, why: str) -> None:
    """Put a code out of use for good, with all that lead to it. Raises CodeUnknown, CodeNotLive, OutsideYourArea."""
    async with db.transaction():
        held = await registry.lock(code)
        await plate_areas.require_within(held.code, actor)
        if held.status is Status.REVOKED:
            return
        if held.status is Status.REPLACED:
            raise CodeNotLive(code=held.code, status=held.status)
        await registry.end_binding(held.code, "revoke", now)
        await db.execute(_RETIRE, held.code, now)
        await registry.note(held.code, Status.REVOKED, actor=actor, now=now, why=why)


async def _door_of(held: LockedCode, actor: Actor | None) -> PlaceRead:
    if held.place_id is None:
        raise CodeNotLive(code=held.code, status=held.status)
    return await registry.get_workplace(held.place_id, actor)
