"""From a joined row to an OrderView, as its audience may read it: names of people are masked for reporters."""

from collections.abc import Mapping
from typing import Any

import asyncpg

from backend.accounts.structs import Actor
from backend.geo.coarse import coarse, is_at_plate_sql
from backend.geo.lonlat import LonLat
from backend.orders.deadlines.overdue import DUE_AT, DUE_STAGE, NEVER, is_overdue
from backend.orders.model import rules, states, transition_table
from backend.orders.model.audience import audience_of
from backend.orders.model.disclosure import mask_name
from backend.orders.model.names import ItemName, PersonName, PlaceName, Point, UnitName
from backend.orders.model.rules import Ownership
from backend.orders.model.verdicts import first_reporter, own_rating
from backend.orders.reads.views import Needs, OrderView
from backend.orders.transitions.participation import HAS_PARTICIPATED
from media.structs import Audience

# `:reader` is the viewer, as in visibility.py.
COLUMNS = f"""
    o.id, o.number, o.state, o.version, o.priority, o.area_code, o.grid_code,
    ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat, o.description, o.source_kind,
    o.offered_until, o.opened_at, o.respond_by, o.resolve_by, o.accepted_at, o.arrived_at, o.finished_at, o.closed_at,
    o.arrive_by, o.safe_by, o.verify_by, {is_overdue()} AS is_overdue,
    {DUE_AT} AS due_at, {DUE_STAGE} AS due_stage,
    o.source_cases, o.referred_at, o.rework_count, o.rating, {own_rating("o", ":reader::bigint")} AS own_rating,
    o.opened_by_id, {first_reporter("o")} AS first_reporter_id,
    (SELECT count(DISTINCT f.account_id) FROM order_follower f
     WHERE f.order_id = o.id AND f.account_id IS DISTINCT FROM o.opened_by_id) AS supporters,
    EXISTS (SELECT FROM order_follower f WHERE f.order_id = o.id AND f.account_id = :reader::bigint) AS is_follower,
    {HAS_PARTICIPATED},
    i.code AS item_code, i.name_zh AS item_zh, i.name_en AS item_en, i.checkin_required, i.checkin_radius_m,
    i.before_photos_min, i.after_photos_min, i.verify_mode,
    {is_at_plate_sql("o.loc", "p.loc")} AS is_at_plate,
    p.id AS place_id, p.kind AS place_kind, p.name AS place_name, p.address AS place_address,
    u.id AS unit_id, u.name_zh AS unit_zh, u.name_en AS unit_en,
    h.id AS handler_id, h.display_name AS handler_name
"""
JOINS = """
    FROM work_order o
    JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = o.place_id
    LEFT JOIN org_unit u ON u.id = o.unit_id
    LEFT JOIN account h ON h.id = o.handler_id
"""
_UNSAID = (
    states.Transition.GRAB,
    states.Transition.FIRST_PASS,
    states.Transition.RATE,
    states.Transition.JOIN,
    states.Transition.ABSORB,
    states.Transition.DETACH,
)
"""Moves that another one stands for, or that only a link, a door code or the hall offers."""
_PLAIN = ("id", "number", "state", "version", "priority", "area_code", "grid_code", "source_kind", "supporters")
_TIMES = (
    *("offered_until", "opened_at", "respond_by", "arrive_by", "safe_by", "resolve_by", "verify_by"),
    *("accepted_at", "arrived_at", "finished_at", "closed_at"),
)


def ownership_of(row: Mapping[str, Any] | asyncpg.Record) -> Ownership:
    """The facts of a row that decide who may read the order and act on it."""
    facts = ("area_code", "unit_id", "handler_id", "opened_by_id", "first_reporter_id", "is_follower", "had_a_hand")
    return Ownership(**{fact: row[fact] for fact in facts}, is_open=states.State(row["state"]) not in states.ENDED)


def order_fields(row: asyncpg.Record, viewer: Actor) -> dict[str, object]:
    """The fields of an OrderView, as keyword arguments."""
    audience = audience_of(viewer, ownership_of(row))
    is_own = row["opened_by_id"] == viewer.account_id
    sees_all = audience in (Audience.STAFF, Audience.HELPER)
    return {
        "audience": audience,
        **{name: row[name] for name in (*_PLAIN, *_TIMES, "rework_count", "is_overdue")},
        "rating": row["rating"] if audience is Audience.STAFF else row["own_rating"],
        "due_at": None if row["due_at"] == NEVER else row["due_at"],
        "due_stage": row["due_stage"],
        "item": ItemName(code=row["item_code"], name_zh=row["item_zh"], name_en=row["item_en"]),
        "description": row["description"] if sees_all or is_own else "",
        "place": _place(row),
        "point": _point(row, is_exact=sees_all or is_own or row["is_at_plate"]),
        "unit": None
        if row["unit_id"] is None
        else UnitName(id=row["unit_id"], name_zh=row["unit_zh"], name_en=row["unit_en"]),
        "handler": _handler(row, viewer, audience),
        "needs": _needs(row),
        "allowed": allowed_moves(row, viewer),
    }


def order_view(row: asyncpg.Record, viewer: Actor) -> OrderView:
    return OrderView(**order_fields(row, viewer))  # type: ignore[arg-type]


def allowed_moves(row: Mapping[str, Any] | asyncpg.Record, viewer: Actor) -> list[str]:
    owner = ownership_of(row)
    moves = transition_table.transitions_from(states.State(row["state"]))
    return [
        line.move.value
        for line in moves
        if line.move not in _UNSAID
        and rules.may_make(viewer, line.move, owner)
        and not (row["source_cases"] and transition_table.is_left_to_source(line))
    ]


def _point(row: asyncpg.Record, *, is_exact: bool) -> Point:
    """Where it is: where no plate says so, that is where its reporter stood, for who works on it and that reporter."""
    there = LonLat(round(row["lng"], 7), round(row["lat"], 7))
    shown = there if is_exact else coarse(there)
    return Point(lng=shown.lng, lat=shown.lat)


def _place(row: asyncpg.Record) -> PlaceName | None:
    if row["place_id"] is None:
        return None
    return PlaceName(id=row["place_id"], kind=row["place_kind"], name=row["place_name"], address=row["place_address"])


def _handler(row: asyncpg.Record, viewer: Actor, audience: Audience) -> PersonName | None:
    if row["handler_id"] is None:
        return None
    is_viewer = row["handler_id"] == viewer.account_id
    name = row["handler_name"] if is_viewer else mask_name(row["handler_name"], audience)
    return PersonName(id=row["handler_id"], name=name)


def _needs(row: asyncpg.Record) -> Needs:
    return Needs(
        check_in=row["checkin_required"],
        check_in_radius_m=row["checkin_radius_m"],
        before_photos_min=row["before_photos_min"],
        after_photos_min=row["after_photos_min"],
        verify_mode=row["verify_mode"],
    )
