"""Reads of open offers: the list of the hall, one offer as it stands, and what else is near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.geo.lonlat import LonLat
from backend.orders.transitions.transition import TransitionContext
from backend.sql import Sql, sql
from grab_orders.offers import persons, rules
from grab_orders.offers.rules import Offered, Taker
from grab_orders.offers.structs import NEARBY_MOST, Barrier, OfferedItem, OfferList, OfferState, OfferView

_NEARBY_WITHIN_M, _NEARBY_SEEN = 5000, 20
_STEP_M = 50
"""Distances are told in steps: the block is known, and not how far into it."""
_HERE = "ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)::geography"
_COLUMNS = """f.id, f.order_id, f.number, f.state, f.round, f.version, f.item_id AS item_code, i.name_zh, i.name_en,
    f.block_label, f.area_code, f.points, f.needed, f.taken, f.opens_at, f.closes_at, f.priority, f.respond_by, f.skill,
    f.is_adults_only, f.reporter_ids"""
_FROM = "offer f JOIN item i ON i.code = f.item_id"
_IS_OPEN = "f.state = 'open' AND f.closes_at > :now"
_GAVE_BACK = """EXISTS (SELECT FROM take b WHERE b.offer_id = f.id AND b.account_id = :me::bigint
        AND b.state IN ('given_back', 'expired'))"""
_LIST = f"""
    SELECT {_COLUMNS}, ST_Distance(f.block_loc, {_HERE}) AS distance_m, {_GAVE_BACK} AS was_given_back
    FROM {_FROM}
    WHERE {_IS_OPEN} AND {{within_reach}} AND {{narrowed}}
    ORDER BY f.block_loc <-> {_HERE}, f.closes_at, f.id LIMIT :limit
"""
_NEARBY = f"""
    SELECT {_COLUMNS}, ST_Distance(f.block_loc, gone.block_loc) AS distance_m, false AS was_given_back
    FROM {_FROM}, (SELECT block_loc FROM offer WHERE id = :offer_id) gone
    WHERE {_IS_OPEN} AND f.id <> :offer_id AND ST_DWithin(f.block_loc, gone.block_loc, {_NEARBY_WITHIN_M})
    ORDER BY distance_m, f.closes_at, f.id LIMIT {_NEARBY_SEEN}
"""
_FIND = f"""
    SELECT {_COLUMNS}, ST_Distance(f.block_loc, {_HERE}) AS distance_m, {_GAVE_BACK} AS was_given_back,
           {persons.IN_HAND}, mine.id AS my_take_id, mine.offer_id AS my_offer_id, mine.state AS my_state,
           f.state <> 'ended' AND mine.round >= f.first_round AS is_mine_still,
           array(SELECT t.account_id FROM take t WHERE t.offer_id = f.id AND t.state IN ('held', 'arrived', 'finished')
                 AND t.round >= f.first_round ORDER BY t.id) AS holder_ids
    FROM {_FROM} LEFT JOIN LATERAL (
        SELECT m.id, m.offer_id, m.state, m.round FROM take m
        WHERE m.account_id = :me::bigint AND (m.idempotency_key = :key::text
            OR m.offer_id = f.id AND m.state IN ('held', 'arrived', 'finished') AND m.round >= f.first_round)
        ORDER BY m.idempotency_key = :key::text DESC NULLS LAST, m.id DESC LIMIT 1
    ) mine ON true
    WHERE f.id = :offer_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFilter:
    """What a list is narrowed to. `near` in WGS-84; `item`: the beginning of a code."""

    near: LonLat | None = None
    within_m: int | None = None
    item: str = ""
    limit: int = 50


async def list_offers(actor: Actor, narrowed: OfferFilter, now: datetime) -> OfferList:
    """The open offers of the actor's areas and, for a volunteer who says where they are, of the neighbourhood."""
    person = await persons.describe(actor, now)
    statement = sql(
        _LIST,
        **_point(narrowed.near),
        me=actor.account_id,
        now=now,
        limit=narrowed.limit,
        within_reach=_within_reach(person, narrowed.near),
        narrowed=_narrowed(narrowed),
    )
    rows = await db.fetch(statement)
    return OfferList(items=[view_of(row, person, now) for row in rows], server_time=now)


async def find(offer_id: int, by: TransitionContext, point: LonLat | None) -> asyncpg.Record | None:
    """One offer as it stands, who has it, and what decides of this person; None where there is none."""
    whose = {"me": by.actor.account_id, "key": by.idempotency_key, "now": by.now}
    return await db.fetchrow(sql(_FIND, **_point(point), **whose, offer_id=offer_id))


class NearbyOffer(NamedTuple):
    """An open offer, and how it is shown to whoever may take it: made once for hundreds who lose the same one."""

    offered: Offered
    view: OfferView


async def list_nearby(offer_id: int, now: datetime) -> list[NearbyOffer]:
    """What is open around an offer, whoever asks; `pick_nearby` says what of it is for whom."""
    rows = await db.fetch(sql(_NEARBY, offer_id=offer_id, now=now))
    return [NearbyOffer(offered_of(row), _shown(row, None)) for row in rows]


def pick_nearby(nearby: Sequence[NearbyOffer], actor: Actor, now: datetime) -> list[OfferView]:
    """The next nearest that this person may take as far as the own grants say."""
    taker = rules.taker_of(actor)
    fitting = (each.view for each in nearby if not rules.barriers(taker, each.offered, now))
    return list(islice(fitting, NEARBY_MOST))


def offered_of(row: asyncpg.Record) -> Offered:
    """What of a row decides who may take it."""
    return Offered(
        state=OfferState(row["state"]),
        area_code=row["area_code"],
        needed=row["needed"],
        taken=row["taken"],
        closes_at=row["closes_at"],
        reporter_ids=frozenset(row["reporter_ids"]),
        skill=row["skill"],
        is_adults_only=row["is_adults_only"],
        distance_m=row["distance_m"],
        was_given_back=row["was_given_back"],
    )


def view_of(row: asyncpg.Record, taker: Taker, now: datetime) -> OfferView:
    """As the list shows it to this person."""
    return _shown(row, next(iter(rules.barriers(taker, offered_of(row), now)), None))


def _shown(row: asyncpg.Record, barred_by: Barrier | None) -> OfferView:
    distance_m = row["distance_m"]
    return OfferView(
        id=row["id"],
        item=OfferedItem(code=row["item_code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        block=row["block_label"],
        distance_m=None if distance_m is None else round(distance_m / _STEP_M) * _STEP_M,
        points=row["points"],
        needed=row["needed"],
        taken=row["taken"],
        closes_at=row["closes_at"],
        priority=row["priority"],
        respond_by=row["respond_by"],
        skill=row["skill"],
        barred_by=barred_by,
    )


def _point(point: LonLat | None) -> dict[str, Any]:
    return {"lng": point.lng if point else None, "lat": point.lat if point else None}


def _within_reach(person: Taker, near: LonLat | None) -> Sql:
    own = within_any("f.area_code", person.areas, "own_area")
    if near is None or not person.is_volunteer:
        return own
    return sql("({own} OR ST_DWithin(f.block_loc, {here}, :reach_m))", own=own, here=_here(near), reach_m=rules.REACH_M)


def _narrowed(narrowed: OfferFilter) -> Sql:
    conditions = [Sql("true")]
    if narrowed.item:
        conditions.append(Sql("starts_with(f.item_id, :item)", {"item": narrowed.item}))
    if narrowed.near is not None and narrowed.within_m is not None:
        within = "ST_DWithin(f.block_loc, {here}, :within_m)"
        conditions.append(sql(within, here=_here(narrowed.near), within_m=float(narrowed.within_m)))
    named = {f"part_{number}": condition for number, condition in enumerate(conditions)}
    return sql(" AND ".join(f"{{{name}}}" for name in named), **named)


def _here(near: LonLat) -> Sql:
    return Sql(_HERE, _point(near))
