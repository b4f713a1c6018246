"""Where the lines of a list lie: looked up as the intake looks up addresses; what is nowhere a person places."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import making, queries
from backend.campaigns.errors import CampaignTargetNotFound, TargetOutside, TargetTwice
from backend.campaigns.rounds import opening
from backend.campaigns.structs import CampaignState, CampaignView
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import SaidTarget, TargetClues, TargetLookup, TargetProblem
from backend.geo.datum import Datum
from backend.intake.locating.service import locate
from backend.intake.locating.structs import Certainty, LocatedPlace, NotLocated, PlaceHit
from backend.intake.runtime import current_runtime
from backend.intake.structs import Clues, PointClue
from backend.places import queries as places
from backend.sql import sql

_BATCH = 50
PREVIEWED = 50
"""So many lines of a list are looked up while somebody waits to see them."""
_WAITING = f"""
    SELECT id, label, clues::text AS clues FROM campaign_target
    WHERE campaign_id = $1 AND problem = '{TargetProblem.WAITING}' AND removed_at IS NULL
    ORDER BY id LIMIT {_BATCH} FOR NO KEY UPDATE SKIP LOCKED
"""
_PLACE = """
    UPDATE campaign_target SET place_id = :place_id, area_code = :area_code, grid_code = :grid_code, lng = :lng,
        lat = :lat, label = :label, is_near = :is_near, problem = '', clues = NULL
    WHERE id = :target_id AND NOT EXISTS (
        SELECT FROM campaign_target other WHERE other.campaign_id = campaign_target.campaign_id
          AND other.place_id = :place_id::bigint AND other.kind = campaign_target.kind AND other.label = :label
          AND other.removed_at IS NULL AND other.id <> campaign_target.id)
    RETURNING id
"""
_PROBLEM = "UPDATE campaign_target SET problem = $2 WHERE id = $1"
_DROP = "UPDATE campaign_target SET removed_at = $2 WHERE id = $1"
_ONE = """
    SELECT id, label, area_code, clues::text AS clues FROM campaign_target
    WHERE id = $1 AND campaign_id = $2 AND removed_at IS NULL FOR NO KEY UPDATE
"""


class _Site(NamedTuple):
    place_id: int | None
    area_code: str
    grid_code: str
    lng: float
    lat: float
    is_near: bool


async def place_waiting(campaign_id: int, now: datetime) -> int:
    """Look up where the lines of a campaign's lists lie. Returns how many were looked up. Safe to repeat."""
    looked_up = 0
    while some := await _place_some(campaign_id, now):
        looked_up += some
    return looked_up


async def place_by_hand(campaign_id: int, target_id: int, place_id: int, by: Actor, now: datetime) -> None:
    """A person says which place of ours a target is. Raises CampaignTargetNotFound, TargetOutside, TargetTwice."""
    async with db.transaction():
        campaign = await making.lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        row = await db.fetchrow(_ONE, target_id, campaign_id)
        if row is None or row["area_code"] is not None:
            raise CampaignTargetNotFound
        found = adding.columns_of(await places.get_place(place_id))
        if not found["area_code"].startswith(campaign.area_code):
            raise TargetOutside
        label = found.pop("label")
        if not await _settle(row, _Site(is_near=False, **found), row["label"] if _names(row) else label):
            raise TargetTwice
        await opening.add_to_round(campaign_id, [target_id], now)


async def look_up(campaign: CampaignView, lines: Sequence[SaidTarget]) -> list[TargetLookup]:
    """Where lines of a list would lie, before any of them is taken: the first `PREVIEWED`."""
    return [await _look_up(campaign, line) for line in lines[:PREVIEWED]]


async def _look_up(campaign: CampaignView, line: SaidTarget) -> TargetLookup:
    try:
        found = await _locate(campaign, line.clues)
    except NotLocated as unknown:
        problem = unknown.rejected[-1].problem.value if unknown.rejected else TargetProblem.NO_CLUE.value
        nearest = tuple(hit.label for hit in unknown.nearest[:3])
        return TargetLookup(line=line.line, said=line.clues.words, kind=line.kind, problem=problem, nearest=nearest)
    return TargetLookup(
        line=line.line,
        said=line.clues.words,
        kind=line.kind,
        label=line.clues.name or found.label or line.clues.words,
        is_near=found.certainty is Certainty.NEAR,
    )


async def list_nearest(campaign: CampaignView, clues: TargetClues) -> tuple[PlaceHit, ...]:
    """Up to five places that a line may mean, the likeliest first."""
    try:
        await _locate(campaign, clues)
    except NotLocated as unknown:
        return unknown.nearest
    return ()


async def _place_some(campaign_id: int, now: datetime) -> int:
    async with db.transaction():
        campaign = await queries.find(campaign_id)
        rows = await db.fetch(_WAITING, campaign_id) if campaign else []
        placed = [row["id"] for row in rows if campaign and await _place(campaign, row, now)]
        await opening.add_to_round(campaign_id, placed, now)
    return len(rows)


async def _place(campaign: CampaignView, row: asyncpg.Record, now: datetime) -> bool:
    """Whether it lies somewhere now. What turns out to be there already goes."""
    clues = msgspec.json.decode(row["clues"], type=TargetClues)
    try:
        found = await _locate(campaign, clues)
    except NotLocated as unknown:
        problem = unknown.rejected[-1].problem.value if unknown.rejected else TargetProblem.NO_CLUE.value
        await db.execute(_PROBLEM, row["id"], problem)
        return False
    label = clues.name or found.label or row["label"]
    site = _Site(
        place_id=found.place_id,
        area_code=found.area_code,
        grid_code=found.grid_code or "",
        lng=found.point.lng,
        lat=found.point.lat,
        is_near=found.certainty is Certainty.NEAR,
    )
    is_settled = await _settle(row, site, label)
    if not is_settled:
        await db.execute(_DROP, row["id"], now)
    return is_settled


async def _settle(row: asyncpg.Record, site: _Site, label: str) -> bool:
    values: dict[str, Any] = site._asdict() | {"label": label[:200], "target_id": row["id"]}
    return await db.fetchval(sql(_PLACE, **values)) is not None


async def _locate(campaign: CampaignView, clues: TargetClues) -> LocatedPlace:
    """Raises NotLocated. A name stands for an address where there is none."""
    point = PointClue(lng=clues.point.lng, lat=clues.point.lat, datum=Datum.WGS84) if clues.point else None
    said = Clues(code=clues.code or None, point=point, address=clues.address or clues.name)
    payload = current_runtime().payload
    return await locate(said, area_code=campaign.area_code, datum=Datum.WGS84, payload=payload)


def _names(row: asyncpg.Record) -> bool:
    return bool(row["clues"] and msgspec.json.decode(row["clues"], type=TargetClues).name)
