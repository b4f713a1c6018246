"""The row that a move starts from: locked, in scope, with the facts that the rules ask for."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.geo.points import LonLat
from backend.orders.model.checks import Check
from backend.orders.model.disclosure import name_of
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.rules import SYSTEM
from backend.orders.model.states import State
from backend.orders.model.transition_table import TABLE
from backend.orders.model.verdicts import first_reporter
from backend.orders.model.visibility import visible_to
from backend.sql import sql
from backend.structs import IdempotencyKey
from media.structs import Audience

_ASIDE = ["clock", *(row.move.value for row in TABLE if row.is_aside)]
_HERE = "ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)::geography"
_SELECT = f"""
    SELECT o.id, o.number, o.state, o.version, o.changed_version, o.area_code, o.unit_id, o.handler_id, o.opened_by_id,
           o.supervisor_id, o.place_id, o.grid_code, o.hop_count, o.reopen_count, o.rework_count, o.parent_id,
           o.opened_at, o.grabbed_at, o.accepted_at, o.closed_at, o.arrived_at, o.resolve_by, o.verify_by, o.priority,
           ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat,
           o.item_id AS item_code, i.name_zh AS item_zh, i.name_en AS item_en,
           coalesce(nullif(p.name, ''), p.address, '') AS place, i.checkin_required, i.checkin_radius_m,
           i.before_photos_min, i.after_photos_min, i.verify_mode, o.merged_into_id,
           o.source_cases, o.referred_at,
           {first_reporter("o")} AS first_reporter_id,
           EXISTS (SELECT FROM order_follower WHERE order_id = o.id AND account_id = :reader::bigint) AS is_follower,
           CASE WHEN :lng::float8 IS NOT NULL
                THEN least(ST_Distance(o.loc, {_HERE}), ST_Distance(p.outline::geography, {_HERE})) END AS distance_m
    FROM work_order o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
"""
_LOCK = f"{_SELECT} WHERE {{visible}} AND o.id = :order_id FOR UPDATE OF o"
_LOCK_ANY = f"{_SELECT} WHERE o.id = :order_id FOR UPDATE OF o"
_LAST_ACTOR = """
    SELECT s.at, s.actor_id, s.actor_role, coalesce(a.display_name, '系统') AS actor_name, o.opened_by_id
    FROM order_step s JOIN work_order o ON o.id = s.order_id LEFT JOIN account a ON a.id = s.actor_id
    WHERE s.order_id = $1 AND s.from_state IS DISTINCT FROM s.to_state ORDER BY s.id DESC LIMIT 1
"""
_LAST_CHANGE = """
    SELECT s.at, s.actor_id, s.actor_role, s.move, coalesce(a.display_name, '系统') AS actor_name, o.opened_by_id
    FROM order_step s JOIN work_order o ON o.id = s.order_id LEFT JOIN account a ON a.id = s.actor_id
    WHERE s.order_id = $1 AND s.move <> ALL($2::text[]) ORDER BY s.id DESC LIMIT 1
"""
_MADE_BEFORE = """
    SELECT step_id AS id, move, key_print FROM order_step_key
    WHERE order_id = $1 AND actor_id = $2 AND idempotency_key = $3
"""

_CHECK = """
    SELECT detail ->> 'check' FROM order_step WHERE order_id = $1 AND move = 'finish' ORDER BY id DESC LIMIT 1
"""


# Of an order whose steps are archived this much is left: it ended long ago.
_END = """
    SELECT coalesce(closed_at, cancelled_at, opened_at) AS at,
           CASE WHEN closed_at IS NOT NULL THEN 'pass' WHEN merged_into_id IS NOT NULL THEN 'merge' ELSE 'cancel' END
           AS move
    FROM work_order WHERE id = $1
"""


class LockedOrder(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    number: str
    state: State
    version: int
    changed_version: int
    """The version at which it last changed in what people judge."""
    area_code: str
    unit_id: int | None
    handler_id: int | None
    opened_by_id: int | None
    first_reporter_id: int | None
    supervisor_id: int | None
    place_id: int | None
    grid_code: str
    hop_count: int
    reopen_count: int
    rework_count: int
    parent_id: int | None
    opened_at: datetime
    grabbed_at: datetime | None
    """Since when whoever has it has it out of the pool."""
    accepted_at: datetime | None
    closed_at: datetime | None
    arrived_at: datetime | None
    resolve_by: datetime
    verify_by: datetime | None
    lng: float
    lat: float
    priority: str
    item_code: str
    item_zh: str
    item_en: str
    place: str
    checkin_required: bool
    checkin_radius_m: int
    before_photos_min: int
    after_photos_min: int
    verify_mode: str
    distance_m: float | None
    merged_into_id: int | None
    is_follower: bool
    source_cases: int
    """How many cases in it end by their source's word alone."""
    referred_at: datetime | None
    acted_by_id: int | None = None
    """Whoever locked it to do something to it; None for the system."""
    key_print: str | None = None
    """Of what is said under the actor's key: the step keeps it."""


class LastTransition(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    role: str
    at: datetime
    move: str = ""


class MadeBefore(msgspec.Struct, frozen=True, kw_only=True):
    """The step that somebody made under a key, and the print of what was said with it."""

    id: int
    move: str
    key_print: str | None


async def lock_order(
    order_id: int, actor: Actor, point: LonLat | None = None, *, beyond_scope: bool = False
) -> LockedOrder:
    """Lock one order for the rest of the transaction; with a point, also measure the way to it in metres.

    The way ends at the order's own position or, where its place has an outline, at that: within it the way is 0.

    `beyond_scope` is for people who stand before the thing itself: they need not have seen the order in a list.

    Raises OrderNotFound when it is not there or out of the actor's scope.
    """
    order = await find_and_lock(order_id, actor, point, beyond_scope=beyond_scope)
    if order is None:
        raise OrderNotFound
    return order


async def find_and_lock(
    order_id: int, actor: Actor, point: LonLat | None = None, *, beyond_scope: bool = False
) -> LockedOrder | None:
    """The same; None when it is not there or out of the actor's scope."""
    lng, lat = (None, None) if point is None else (point.lng, point.lat)
    values = {"order_id": order_id, "lng": lng, "lat": lat}
    if beyond_scope:
        row = await db.fetchrow(sql(_LOCK_ANY, **values, reader=actor.account_id))
    else:
        row = await db.fetchrow(sql(_LOCK, **values, visible=visible_to(actor)))
    acted_by = {"acted_by_id": actor.account_id or None}
    return msgspec.convert(dict(row) | acted_by, LockedOrder) if row else None


async def get_last_transition(order_id: int, audience: Audience) -> LastTransition:
    """Who brought the order into its present state, as this audience may know, and when."""
    row = await db.fetchrow(_LAST_ACTOR, order_id)
    if row is None:
        return await _end(order_id)
    return LastTransition(name=name_of(row, row["opened_by_id"], audience), role=row["actor_role"], at=row["at"])


async def get_last_change(order_id: int, audience: Audience) -> LastTransition:
    """Who last did to the order what changes how it is judged, as this audience may know, and what it was."""
    row = await db.fetchrow(_LAST_CHANGE, order_id, _ASIDE)
    if row is None:
        return await _end(order_id)
    name = name_of(row, row["opened_by_id"], audience)
    return LastTransition(name=name, role=row["actor_role"], at=row["at"], move=row["move"])


async def _end(order_id: int) -> LastTransition:
    row = await db.fetchrow(_END, order_id)
    assert row is not None
    return LastTransition(name="系统", role=SYSTEM, at=row["at"], move=row["move"])


async def get_check(order_id: int) -> Check | None:
    """Who verifies the latest finish; None before one, and for one from before this was kept."""
    stored = await db.fetchval(_CHECK, order_id)
    return Check(stored) if stored else None


async def find_made_before(order_id: int, actor: Actor, key: IdempotencyKey | None) -> MadeBefore | None:
    """The step that the actor made before under this key, when the phone sends it again."""
    row = await db.fetchrow(_MADE_BEFORE, order_id, actor.account_id, key) if key is not None else None
    return MadeBefore(**row) if row else None
