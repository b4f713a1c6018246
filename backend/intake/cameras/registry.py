"""Who says where a camera hangs, switches it off and on, and says that an event was none."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import outermost, within_any
from backend.intake.cameras.errors import (
    CameraElsewhere,
    CameraEventUnknown,
    CameraNotClaimed,
    CameraUnknown,
    EventJudged,
)
from backend.intake.cameras.structs import CameraClaim, CameraState
from backend.intake.sources import queries as sources
from backend.places import queries as places
from backend.sql import Sql, sql

_LOCK = "SELECT c.id, c.source_id, c.place_id FROM camera c WHERE c.id = :id AND {mine} FOR UPDATE"
_CLAIM = """
    UPDATE camera SET place_id = :place_id, name = :name, spot = :spot, area_code = :area_code, state = 'in_use',
           claimed_by_id = :by_id, claimed_at = :now
     WHERE id = :id
"""
_SWITCH = "UPDATE camera SET state = $2 WHERE id = $1"
_LOCK_EVENT = """
    SELECT e.id, e.verdict FROM camera_event e JOIN camera c ON c.id = e.camera_id
     WHERE e.id = :id AND {mine} FOR UPDATE OF e
"""
# An event is judged once, whoever is first: somebody who looked, or the end of its order.
_JUDGE = """
    WITH judged AS (
        UPDATE camera_event SET verdict = $2, ended_at = coalesce(ended_at, last_at)
         WHERE verdict IS NULL AND {which} RETURNING camera_id),
    counted AS (SELECT camera_id, count(*) AS many FROM judged GROUP BY camera_id)
    UPDATE camera c SET right_count = right_count + CASE WHEN $2 = 'right' THEN counted.many ELSE 0 END,
           wrong_count = wrong_count + CASE WHEN $2 = 'wrong' THEN counted.many ELSE 0 END
      FROM counted WHERE c.id = counted.camera_id
"""
_JUDGE_ONE = _JUDGE.format(which="id = $1")
_JUDGE_OF_ORDERS = _JUDGE.format(which="order_id = ANY($1::bigint[])")
RIGHT, WRONG = "right", "wrong"


async def claim(camera_id: int, where: CameraClaim, by: Actor, now: datetime) -> None:
    """认领: say where a camera hangs; from now on what it sees becomes orders. Claimed again it has moved.

    Raises CameraUnknown, PlaceNotFound, CameraElsewhere.
    """
    place = await places.get_place(where.place_id)
    async with db.transaction():
        row = await db.fetchrow(sql(_LOCK, id=camera_id, mine=_mine(by)))
        if row is None:
            raise CameraUnknown
        source = await sources.get_by_id(row["source_id"])
        if not _lies_within(place.area_code, by) or not place.area_code.startswith(source.area_code):
            raise CameraElsewhere
        values = {"id": camera_id, "place_id": place.id, "name": where.name, "spot": where.spot.value}
        await db.execute(sql(_CLAIM, **values, area_code=place.area_code, by_id=by.account_id, now=now))


async def switch(camera_id: int, *, is_on: bool, by: Actor) -> None:
    """停用 or 启用: what a camera that is off tells goes nowhere. Raises CameraUnknown, CameraNotClaimed."""
    async with db.transaction():
        row = await db.fetchrow(sql(_LOCK, id=camera_id, mine=_mine(by)))
        if row is None:
            raise CameraUnknown
        if is_on and row["place_id"] is None:
            raise CameraNotClaimed
        await db.execute(_SWITCH, camera_id, (CameraState.IN_USE if is_on else CameraState.OFF).value)


async def mark_wrong(event_id: int, by: Actor) -> None:
    """误报: there was nothing of the kind; counted against the camera, once. An order of it is cancelled apart.

    Raises CameraEventUnknown, EventJudged.
    """
    async with db.transaction():
        row = await db.fetchrow(sql(_LOCK_EVENT, id=event_id, mine=_mine(by)))
        if row is None:
            raise CameraEventUnknown
        if row["verdict"] is not None:
            raise EventJudged(verdict=row["verdict"])
        await db.execute(_JUDGE_ONE, event_id, WRONG)


async def judge_closed(order_ids: Sequence[int]) -> None:
    """The orders of events were done: so the cameras were right. Safe to repeat."""
    await db.execute(_JUDGE_OF_ORDERS, list(order_ids), RIGHT)


async def judge_cancelled(order_ids: Sequence[int]) -> None:
    """The orders of events were cancelled: so the cameras were wrong. Safe to repeat."""
    await db.execute(_JUDGE_OF_ORDERS, list(order_ids), WRONG)


def _mine(by: Actor) -> Sql:
    return within_any("c.area_code", outermost(areas_of(by, Permission.DISPATCH_ORDERS)), "mine")


def _lies_within(area_code: str, by: Actor) -> bool:
    return any(area_code.startswith(area) for area in areas_of(by, Permission.DISPATCH_ORDERS))
