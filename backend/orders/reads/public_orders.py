"""Orders as a stranger may know of them, and as whoever reported them knows more: for systems outside.

To strangers, orders about items that the caller names and that somebody reported: state and times, the plate's address
where one says where it is and else a position of about a hundred metres, a picture that a person has released. No word
of anybody, no name. To the account that reported an order, first or later, the exact position, the own words, the
proof of the work: as `model/audience.py` has it. Latest first. Open orders are few and ended ones are millions: each
kind is read by a statement of its own index.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.geo.area_sql import within
from backend.geo.coarse import MOVED_MOST_M, coarse_sql, is_at_plate_sql
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import ENDED, OPEN, State, Transition, quoted
from backend.sql import Sql, sql
from backend.structs import Read
from media import queries as media
from media.structs import Audience, Thumb

_OWN = """(o.opened_by_id = :reader::bigint
    OR o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = :reader::bigint)))"""
_SHOWN = f"(o.item_id = ANY(:public_items::text[]) AND o.source_kind NOT IN ({UNREPORTED_SQL}))"
CHANGED_AT = """greatest(o.opened_at, o.dispatched_at, o.accepted_at, o.arrived_at, o.made_safe_at, o.finished_at,
    o.closed_at, o.cancelled_at)"""
"""When an order last moved, as far as its own row says."""
_AT_PLATE = is_at_plate_sql("o.loc", "p.loc")
_THERE = f"(CASE WHEN {_OWN} OR {_AT_PLATE} THEN o.loc ELSE {coarse_sql('o.loc')} END)"
_STEPS = f"""
    SELECT s.id, CASE WHEN shown.is_own AND NOT (s.move IN ('{Transition.OPEN}', '{Transition.JOIN}')
                       AND s.actor_id IS DISTINCT FROM :reader::bigint)
                      THEN '{Audience.REPORTER}' ELSE '{Audience.PUBLIC}' END AS audience
      FROM order_step s WHERE s.order_id = o.id AND s.at >= o.opened_at
"""
_COLUMNS = f"""
    o.number, o.state, o.opened_at, {CHANGED_AT} AS changed_at, o.resolve_by,
    coalesce(o.closed_at, o.cancelled_at) AS ended_at, o.item_id AS item_code, i.name_zh AS item_zh,
    i.name_en AS item_en, coalesce(u.name_zh, '') AS unit_zh, coalesce(u.name_en, '') AS unit_en, shown.is_own,
    CASE WHEN o.opened_by_id = :reader::bigint THEN o.description ELSE '' END AS description,
    CASE WHEN {_AT_PLATE} THEN coalesce(nullif(p.address, ''), p.name) ELSE '' END AS address,
    CASE WHEN {_AT_PLATE} THEN p.id END AS place_id,
    ST_X({_THERE}::geometry) AS lng, ST_Y({_THERE}::geometry) AS lat,
    (SELECT survivor.number FROM work_order survivor WHERE survivor.id = o.merged_into_id) AS merged_into,
    (SELECT json_build_array(first.id, first.link_version) FROM ({media.first_shown(_STEPS)}) first) AS picture
"""
_JOINS = f"""
    JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id LEFT JOIN org_unit u ON u.id = o.unit_id
    CROSS JOIN LATERAL (SELECT coalesce({_OWN}, false) AS is_own) shown
"""
_ORDER = "ORDER BY o.opened_at DESC, o.id DESC"
# That the others are open is said in print, too: their indexes are for statements that say so.
_KINDS = {
    "ended": (ENDED, f"o.state IN ({quoted(ENDED)})"),
    "open": (OPEN, f"o.state <> '{State.CLOSED}' AND o.state IN ({quoted(OPEN)})"),
}
_PICKED = f"SELECT o.id, o.opened_at FROM work_order o WHERE {{kind}} AND {{found}} {_ORDER} LIMIT :upto"
_PAGE = f"""
    SELECT {_COLUMNS} FROM work_order o {_JOINS}
    WHERE o.id = ANY(ARRAY(SELECT o.id FROM ({{picked}}) o {_ORDER} OFFSET :after LIMIT :most)) {_ORDER}
"""
_NAMED = f"""
    SELECT {_COLUMNS} FROM work_order o {_JOINS}
    WHERE o.number = ANY(:numbers::text[]) AND {{seen}} {_ORDER} LIMIT :most
"""


class Around(NamedTuple):
    """WGS-84 and metres."""

    lng: float
    lat: float
    radius_m: float


class PublicFilter(msgspec.Struct, frozen=True, kw_only=True):
    """`since` and `until`: of the opening. `area_code`: "" is everywhere."""

    since: datetime
    until: datetime
    states: frozenset[State] = frozenset(State)
    item_codes: Sequence[str] = ()
    area_code: str = ""
    changed_since: datetime | None = None
    changed_until: datetime | None = None
    around: Around | None = None


class PublicOrder(Read, frozen=True, kw_only=True):
    number: str
    state: State
    opened_at: datetime
    changed_at: datetime
    resolve_by: datetime
    ended_at: datetime | None
    item_code: str
    item_zh: str
    item_en: str
    unit_zh: str
    unit_en: str
    is_own: bool
    description: str
    address: str
    place_id: int | None
    lng: float
    lat: float
    merged_into: str | None
    picture: Thumb | None


async def list_public(
    public_items: Sequence[str], reader_id: int | None, order_filter: PublicFilter, *, after: int, most: int
) -> list[PublicOrder]:
    """A page of the latest. `reader_id`: the account that asks, whose own orders are told as to their reporter."""
    found = _conditions(order_filter, public_items, reader_id)
    picked = [
        sql(_PICKED, kind=Sql(text), found=found, upto=after + most)
        for states, text in _KINDS.values()
        if not order_filter.states.isdisjoint(states)
    ]
    if not picked:
        return []
    named = {f"kind_{number}": each for number, each in enumerate(picked)}
    either = sql(" UNION ALL ".join(f"({{{name}}})" for name in named), **named)
    rows = await db.fetch(sql(_PAGE, picked=either, reader=reader_id, after=after, most=most))
    return [_order(row) for row in rows]


async def find_public(
    public_items: Sequence[str], reader_id: int | None, numbers: Sequence[str], most: int
) -> list[PublicOrder]:
    """Those of these numbers that the reader may know of, whenever they were opened."""
    rows = await db.fetch(sql(_NAMED, seen=_seen(public_items, reader_id), numbers=list(numbers), most=most))
    return [_order(row) for row in rows]


def _seen(public_items: Sequence[str], reader_id: int | None) -> Sql:
    return Sql(f"({_SHOWN} OR {_OWN})", {"public_items": list(public_items), "reader": reader_id})


def _conditions(order_filter: PublicFilter, public_items: Sequence[str], reader_id: int | None) -> Sql:
    """Nearness is that of the positions that are shown: asking for it gives no other one away."""
    since, until, around = order_filter.changed_since, order_filter.changed_until, order_filter.around
    opened = {"since": order_filter.since, "until": order_filter.until}
    conditions = {
        "opened": Sql("o.opened_at >= :since AND o.opened_at < :until", opened),
        "seen": _seen(public_items, reader_id),
        "states": Sql("o.state = ANY(:states::text[])", {"states": sorted(order_filter.states)}),
        "items": Sql("o.item_id = ANY(:items::text[])", {"items": list(order_filter.item_codes)})
        if order_filter.item_codes
        else None,
        "area": Sql(within("o.area_code", ":area::text"), {"area": order_filter.area_code})
        if order_filter.area_code
        else None,
        "changed_since": Sql(f"{CHANGED_AT} >= :changed_since", {"changed_since": since}) if since else None,
        "changed_until": Sql(f"{CHANGED_AT} < :changed_until", {"changed_until": until}) if until else None,
        "around": _around(around, reader_id) if around else None,
    }
    named = {name: condition for name, condition in conditions.items() if condition is not None}
    return sql(" AND ".join(f"{{{name}}}" for name in named), **named)


def _around(around: Around, reader_id: int | None) -> Sql:
    """Rounded positions have no index. Theirs is that of the true ones, asked for a little wider, which alone decides
    nothing.
    """
    point = "ST_SetSRID(ST_MakePoint(:around_lng, :around_lat), 4326)::geography"
    text = f"""ST_DWithin(o.loc, {point}, :around_m::float8 + {MOVED_MOST_M})
        AND ST_DWithin((SELECT {_THERE} FROM (SELECT) one LEFT JOIN place p ON p.id = o.place_id), {point},
                       :around_m::float8)"""
    near = {"around_lng": around.lng, "around_lat": around.lat, "around_m": around.radius_m}
    return Sql(text, {**near, "reader": reader_id})


def _order(row: asyncpg.Record) -> PublicOrder:
    picture = msgspec.json.decode(row["picture"] or "null", type=Thumb | None)
    return PublicOrder(**{**dict(row), "state": State(row["state"]), "picture": picture})
