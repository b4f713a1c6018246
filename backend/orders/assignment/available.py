"""Who could take an order over, for the desk: whoever is there first, then who is free, near, and lightest laden.

How far somebody is goes by their last position where the rule of duty lets it be used (on duty, fresh, exact), else by
the middle of the area where they are on duty or on call. Where somebody is, is told to nobody: metres are.
"""

from collections.abc import Iterable
from datetime import datetime
from math import inf
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts import sql as people
from backend.accounts.scope import prefixes_sql
from backend.duty import rules
from backend.duty import sql as duty
from backend.duty.structs import DutyNow, OnDuty, Post
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.items import queries as items
from backend.orders.assignment import choosing
from backend.orders.model.names import UnitName
from backend.places import sql as places
from backend.sql import sql
from backend.structs import Read

_AT = ":now::timestamptz"
_AVAILABLE = f"""
    WITH post AS MATERIALIZED (
        SELECT o.item_id, o.area_code, o.grid_code, o.unit_id, o.handler_id, ST_X(o.loc::geometry) AS lng,
               ST_Y(o.loc::geometry) AS lat, {prefixes_sql("o.area_code")} AS areas
        FROM work_order o WHERE o.id = :order_id
    ),
    people AS MATERIALIZED (
        SELECT h.account_id, h.name, h.unit_id, {choosing.load("h.account_id")} AS load,
               {duty.stand("h.account_id", "h.unit_id", "post.areas", _AT)} AS stand
        FROM post CROSS JOIN LATERAL ({people.handlers("post.areas")}) h
        WHERE h.account_id IS DISTINCT FROM post.handler_id
    )
    SELECT p.account_id, p.name, p.load, p.stand::text AS stand, u.id AS unit_id, u.name_zh AS unit_zh,
           coalesce(u.name_en, u.name_zh) AS unit_en, there.middle::text AS middle,
           coalesce(p.unit_id = post.unit_id, false) OR coalesce(p.unit_id = rule.unit_id, false) AS answers,
           post.item_id AS item_code, post.area_code, post.grid_code, post.lng, post.lat
    FROM post CROSS JOIN people p JOIN org_unit u ON u.id = p.unit_id JOIN item i ON i.code = post.item_id
    {items.rule("post.area_code")}
    LEFT JOIN ({places.middles("SELECT stand ->> 'area_code' FROM people")}) there
        ON there.code = p.stand ->> 'area_code'
"""


class AvailableHandler(Read, frozen=True, kw_only=True):
    """Somebody who could take an order over."""

    account_id: int
    name: str
    unit: UnitName
    is_on_duty: bool
    is_on_call: bool
    answers: bool
    """Of the unit that has the order, or of the one that the rules name for it."""
    load: int
    """Orders held that are not done yet, counted up to `rules.LOAD_SEEN`."""
    distance_m: float | None
    is_by_position: bool
    """Whether the distance goes by a position; else by the middle of the area of duty."""


async def list_available(order_id: int, now: datetime) -> list[AvailableHandler]:
    """Everybody who handles orders where this one lies but for who has it, whom to ask first in front. One statement.

    Within the areas of whoever asks: that is the caller's to see to.
    """
    return in_line(_available(row, now) for row in await db.fetch(sql(_AVAILABLE, order_id=order_id, now=now)))


def in_line(handlers: Iterable[AvailableHandler]) -> list[AvailableHandler]:
    """Whoever is on duty or on call first, then who answers for it, is free, nearer, lighter laden. Pure."""
    return sorted(handlers, key=_place_in_line)


def _place_in_line(one: AvailableHandler) -> tuple[bool, bool, bool, float, int, int]:
    away = inf if one.distance_m is None else one.distance_m // rules.STEP_M
    return not (one.is_on_duty or one.is_on_call), not one.answers, one.load > 0, away, one.load, one.account_id


def _available(row: asyncpg.Record, now: datetime) -> AvailableHandler:
    stand = None if row["stand"] is None else msgspec.json.decode(row["stand"], type=DutyNow)
    by_position = _metres_of(stand, row, now) if stand else None
    is_on_duty = stand is not None and stand.is_on_duty
    return AvailableHandler(
        account_id=row["account_id"],
        name=row["name"],
        unit=UnitName(id=row["unit_id"], name_zh=row["unit_zh"], name_en=row["unit_en"]),
        is_on_duty=is_on_duty,
        is_on_call=stand is not None and not is_on_duty,
        answers=row["answers"],
        load=row["load"],
        distance_m=_metres_to_middle(row) if by_position is None else by_position,
        is_by_position=by_position is not None,
    )


def _metres_of(stand: DutyNow, row: asyncpg.Record, now: datetime) -> float | None:
    """By the last position, as far as the rule of duty uses it."""
    person = OnDuty(account_id=row["account_id"], load=row["load"], **_where(stand))
    post = Post(**{name: row[name] for name in ("item_code", "area_code", "grid_code")}, point=_point(row))
    return rules.metres_away(person, post, now)


def _where(stand: DutyNow) -> dict[str, Any]:
    return {name: getattr(stand, name) for name in ("since", "area_code", "point", "accuracy_m", "fix_at")}


def _metres_to_middle(row: asyncpg.Record) -> float | None:
    if row["middle"] is None:
        return None
    return metres_between(msgspec.json.decode(row["middle"], type=LonLat), _point(row))


def _point(row: asyncpg.Record) -> LonLat:
    return LonLat(row["lng"], row["lat"])
