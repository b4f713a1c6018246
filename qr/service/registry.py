"""The few statements every verb of the registry is made of. Called inside the verb's transaction."""

from dataclasses import dataclass
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.places import queries as places
from backend.places.structs import PlaceRead
from backend.sql import sql
from media import service as media
from media.structs import PhotoRole, SubjectKind
from qr import plate_areas, rules
from qr.codes import Code
from qr.errors import CodeNotLive, CodeUnknown, OutsideYourArea
from qr.structs import PlateSighting, Status

HOLD = """
    SELECT code, status, place_id, successor_id, ST_X(anchor::geometry) AS lng, ST_Y(anchor::geometry) AS lat
      FROM qr_code WHERE code = $1 FOR UPDATE
"""
HANG = """
    WITH hung AS (
        UPDATE qr_code SET status = 'active', place_id = :place_id, changed_at = :now,
               anchor = ST_SetSRID(ST_MakePoint(:lng, :lat), 4326)::geography
         WHERE code = :code
    )
    INSERT INTO qr_binding (code_id, place_id, reason, bound_at, bound_by_id, photo_id, distance_m, accuracy_m)
    VALUES (:code, :place_id, :reason, :now, :bound_by, :photo_id, :distance_m, :accuracy_m) RETURNING id
"""
NOTE = """
    INSERT INTO qr_change (code_id, status, successor, note, changed_by_id, changed_at)
    VALUES (:code, :status, :successor, :note, :changed_by, :now)
"""
# Who waited for the lock looked at the clock earlier than who had it: a binding never ends before it began.
ENDED = "ended_at = greatest(:now, bound_at), end_reason = :reason"
END_BINDING = f"UPDATE qr_binding SET {ENDED} WHERE code_id = :code AND ended_at IS NULL"


@dataclass(frozen=True, slots=True)
class LockedCode:
    code: Code
    status: Status
    place_id: int | None
    successor: Code | None
    anchor: LonLat | None


async def lock(code: Code) -> LockedCode:
    """Lock a code until the verb is over. Raises CodeUnknown."""
    row = await db.fetchrow(HOLD, code)
    if row is None:
        raise CodeUnknown(code=code)
    anchor = None if row["lng"] is None else LonLat(row["lng"], row["lat"])
    return LockedCode(row["code"], Status(row["status"]), row["place_id"], row["successor_id"], anchor)


async def lock_live(code: Code, actor: Actor | None) -> tuple[LockedCode, PlaceRead]:
    """Lock a code that hangs somewhere within this person's area. Raises CodeUnknown, CodeNotLive, OutsideYourArea."""
    held = await lock(code)
    if held.place_id is None:
        await plate_areas.require_within(held.code, actor)
        raise CodeNotLive(code=held.code, status=held.status)
    return held, await get_workplace(held.place_id, actor)


async def lock_both(one: Code, other: Code) -> tuple[LockedCode, LockedCode]:
    """Lock two codes in the order of their names, so that two verbs never wait for each other."""
    held = {code: await lock(code) for code in sorted({one, other})}
    return held[one], held[other]


async def get_workplace(
    place_id: int, actor: Actor | None, permission: Permission = Permission.BIND_CODES
) -> PlaceRead:
    """The place, if this person may work there. Raises PlaceNotFound, OutsideYourArea."""
    found = await places.get_place(place_id)
    if not rules.may_work(actor, permission, found.area_code):
        raise OutsideYourArea
    return found


async def attach(
    code: Code,
    at: PlaceRead,
    reason: str,
    *,
    actor: Actor | None,
    now: datetime,
    seen: PlateSighting | None,
    former: LonLat | None = None,
) -> None:
    """Bind a code to a door; where the phone saw the plate becomes the anchor that later scans are measured from.

    Without a fix that says anything it is where the former plate hung, else where the place is. Raises the errors
    of media for a photo of the plate that cannot serve.
    """
    point = seen.point if seen else None
    anchor = point if seen and point and rules.is_believed(seen.accuracy_m) else former or at.loc
    binding_id = await db.fetchval(
        sql(
            HANG,
            code=code,
            place_id=at.id,
            now=now,
            lng=anchor.lng,
            lat=anchor.lat,
            reason=reason,
            bound_by=actor.account_id if actor else None,
            photo_id=seen.photo_id if seen else None,
            distance_m=metres_between(point, at.loc) if point else None,
            accuracy_m=seen.accuracy_m if seen else None,
        )
    )
    if actor is not None and seen is not None and seen.photo_id is not None:
        await media.attach([seen.photo_id], actor.account_id, SubjectKind.CODE_BINDING, binding_id, PhotoRole.PLATE)


async def end_binding(code: Code, reason: str, now: datetime) -> None:
    await db.execute(sql(END_BINDING, code=code, now=now, reason=reason))


async def note(
    code: Code, status: Status, *, actor: Actor | None, now: datetime, why: str, successor: Code | None = None
) -> None:
    """Write down what bindings cannot tell."""
    await db.execute(
        sql(
            NOTE,
            code=code,
            status=status,
            successor=successor,
            note=why,
            changed_by=actor.account_id if actor else None,
            now=now,
        )
    )
