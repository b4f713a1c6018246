"""Targets by a filter: places of a kind within an area whose name or address has certain words, by one statement."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns.errors import TargetOutside
from backend.campaigns.rounds import opening
from backend.campaigns.targets import adding
from backend.geo import area_sql
from backend.places import sql as places_sql
from backend.places.kinds import PlaceKind
from backend.sql import Sql, sql
from backend.structs import Write

AT_ONCE_MOST = 5_000
_FILTER = """place.area_id IS NOT NULL AND {within} AND {called}
    AND (:place_kind::text IS NULL OR place.kind = :place_kind)"""
_COUNT = f"SELECT count(*) FROM (SELECT FROM place WHERE {_FILTER} LIMIT :most) found"
_ADD = f"""
    INSERT INTO campaign_target (campaign_id, place_id, label, kind, area_code, grid_code, lng, lat, added_at)
    SELECT :campaign_id, place.id,
        left(coalesce(nullif(place.name, ''), nullif(place.address, ''), place.road_name || place.house_number), 200),
        :kind, place.area_id, coalesce(place.grid_cell_id, ''), ST_X(place.loc::geometry), ST_Y(place.loc::geometry),
        :now
    FROM place WHERE {_FILTER} ORDER BY place.id LIMIT :most
    ON CONFLICT DO NOTHING RETURNING id
"""


class PlaceFilter(Write, frozen=True, kw_only=True):
    """Places within an area, of a kind and with words in their name or address, where these are said."""

    area_code: Annotated[str, Meta(max_length=12)]
    place_kind: PlaceKind | None = None
    words: Annotated[str, Meta(max_length=60)] = ""


async def count(place_filter: PlaceFilter) -> int:
    """How many places that is, as far as they would be added at once."""
    return await db.fetchval(sql(_COUNT, **_values(place_filter)))


async def add(campaign_id: int, place_filter: PlaceFilter, kind: str, by: Actor, now: datetime) -> int:
    """Add all of them as targets of this kind. Returns how many were not there.

    Raises TargetOutside, TargetKindUnknown, TargetsTooMany, and what `making.lock_own` raises.
    """
    async with db.transaction():
        campaign = await adding.lock_to_add(campaign_id, by, await count(place_filter))
        if not place_filter.area_code.startswith(campaign.area_code):
            raise TargetOutside
        await adding.require_kinds(campaign, {kind})
        rows = await db.fetch(sql(_ADD, campaign_id=campaign_id, kind=kind, now=now, **_values(place_filter)))
        await opening.add_to_round(campaign_id, [row["id"] for row in rows], now)
    return len(rows)


def _values(place_filter: PlaceFilter) -> dict[str, object]:
    words = place_filter.words.strip()
    kind = place_filter.place_kind
    return {
        "within": area_sql.within_any("place.area_id", [place_filter.area_code], "of_filter"),
        "called": sql(places_sql.called(":words"), words=words) if words else Sql("true"),
        "place_kind": kind.value if kind else None,
        "most": AT_ONCE_MOST,
    }
