"""Orders come into the pool: an offer for each that has none yet, in one statement for all of a batch."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.events import service as events
from backend.geo.coarse import coarse_sql
from backend.orders.model.states import State
from backend.sql import sql
from grab_orders.offers import rules
from grab_orders.offers.events import OfferOpened, about_offer
from grab_orders.offers.following import OPENS_AT

_ADD = f"""
    INSERT INTO offer (order_id, order_version, number, item_id, priority, area_code, block_label, block_loc,
        reporter_ids, needed, points, skill, is_adults_only, respond_by, opens_at, closes_at)
    SELECT o.id, o.version, o.number, o.item_id, o.priority, o.area_code,
           left(concat_ws(' ', nullif(a.name, ''), nullif(p.road_name, '')), 120), {coarse_sql("o.loc")},
           new.reporter_ids, new.needed, coalesce(asks.points, (:points::jsonb ->> o.priority)::smallint, 0),
           coalesce(asks.skill, ''), coalesce(asks.is_adults_only, false), o.respond_by,
           {OPENS_AT}, o.offered_until
    FROM jsonb_to_recordset(:new::jsonb) AS new (order_id bigint, needed smallint, reporter_ids bigint[])
    JOIN work_order o ON o.id = new.order_id AND o.state = '{State.OFFERED}'
    LEFT JOIN place p ON p.id = o.place_id LEFT JOIN area a ON a.code = o.area_code
    LEFT JOIN LATERAL (
        SELECT r.points, r.skill, r.is_adults_only FROM item_requirement r
        WHERE starts_with(o.item_id, r.item_prefix) ORDER BY length(r.item_prefix) DESC LIMIT 1
    ) asks ON true
    ORDER BY o.id
    ON CONFLICT (order_id) DO NOTHING
    RETURNING id, order_id, version, number, item_id AS item_code, priority, area_code, round, closes_at
"""
_REPORTED_BY = """
    UPDATE offer SET reporter_ids = new.reporter_ids
    FROM jsonb_to_recordset($1::jsonb) AS new (order_id bigint, reporter_ids bigint[])
    WHERE offer.order_id = new.order_id AND offer.reporter_ids <> new.reporter_ids
"""


_MERGED = """
    UPDATE offer SET reporter_ids = ARRAY(SELECT DISTINCT each FROM unnest(array_replace(reporter_ids, $1, $2)) each)
    WHERE state <> 'ended' AND $1 = ANY(reporter_ids)
"""


class NewOffer(msgspec.Struct, frozen=True, kw_only=True):
    """An order that came into the pool. Nobody of those who reported it may take it."""

    order_id: int
    needed: int
    reporter_ids: tuple[int, ...]


async def add(new: Sequence[NewOffer]) -> None:
    """Offer these orders, as far as they are offered yet. What was offered before is left to `following`."""
    said = msgspec.json.encode(new).decode()
    points = msgspec.json.encode(rules.POINTS).decode()
    async with db.transaction():
        rows = await db.fetch(sql(_ADD, new=said, points=points))
        await events.record(
            *(
                OfferOpened(**about_offer(row, row["version"]), round=row["round"], closes_at=row["closes_at"])
                for row in rows
            )
        )


async def note_reporters(new: Sequence[NewOffer]) -> None:
    """More people reported these orders."""
    await db.execute(_REPORTED_BY, msgspec.json.encode(new).decode())


async def merge_reporters(merged_id: int, survivor_id: int) -> None:
    """Somebody who reported what is on offer goes on as another account, which may not take it either."""
    await db.execute(_MERGED, merged_id, survivor_id)
