"""Reads of targets for whoever makes the campaign: all of them, and those that are nowhere yet with what is nearest."""

from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.campaigns.structs import CampaignView
from backend.campaigns.targets import placing
from backend.campaigns.targets.structs import TargetClues, TargetProblem, TargetView
from backend.geo.lonlat import LonLat
from backend.intake.locating.structs import PlaceHit
from backend.sql import sql
from backend.structs import Read

PAGE_ROWS, NOWHERE_MOST = 100, 20
_LIST = """
    SELECT t.id, t.place_id, t.label, t.kind, t.area_code, t.lng, t.lat, t.said, t.problem, t.is_near,
        t.contact IS NOT NULL AS has_contact, t.assignee_id, a.display_name AS assignee, t.added_at
    FROM campaign_target t LEFT JOIN account a ON a.id = t.assignee_id
    WHERE t.campaign_id = :campaign_id AND t.removed_at IS NULL AND t.area_code IS NOT NULL AND t.id > :after
    ORDER BY t.id LIMIT :most
"""
_NOWHERE = f"""
    SELECT t.id, t.place_id, t.label, t.kind, t.area_code, t.lng, t.lat, t.said, t.problem, t.is_near,
        t.contact IS NOT NULL AS has_contact, t.assignee_id, NULL AS assignee, t.added_at, t.clues::text AS clues
    FROM campaign_target t
    WHERE t.campaign_id = $1 AND t.removed_at IS NULL AND t.area_code IS NULL AND t.problem <> '{TargetProblem.WAITING}'
    ORDER BY t.id LIMIT {NOWHERE_MOST}
"""
_COUNTS = f"""
    SELECT t.kind, count(*) FILTER (WHERE t.area_code IS NOT NULL) AS placed,
        count(*) FILTER (WHERE t.problem = '{TargetProblem.WAITING}') AS waiting,
        count(*) FILTER (WHERE t.area_code IS NULL AND t.problem <> '{TargetProblem.WAITING}') AS nowhere
    FROM campaign_target t WHERE t.campaign_id = $1 AND t.removed_at IS NULL GROUP BY t.kind ORDER BY t.kind
"""


class TargetCount(Read, frozen=True, kw_only=True):
    """Of one kind: how many are placed, are looked up yet, or are nowhere."""

    kind: str
    placed: int
    waiting: int
    nowhere: int


class NowhereTarget(Read, frozen=True, kw_only=True):
    """A target that was not found, with up to five places that it may be."""

    target: TargetView
    nearest: tuple[PlaceHit, ...]


async def count_targets(campaign_id: int) -> list[TargetCount]:
    return [TargetCount(**row) for row in await db.fetch(_COUNTS, campaign_id)]


async def list_targets(campaign_id: int, after: int = 0, most: int = PAGE_ROWS) -> list[TargetView]:
    """Those that are placed, in the order in which they were added, behind the one of this number."""
    return [_view(row) for row in await db.fetch(sql(_LIST, campaign_id=campaign_id, after=after, most=most))]


async def list_nowhere(campaign: CampaignView) -> list[NowhereTarget]:
    """The first of those that nobody found, with what is nearest."""
    found = []
    for row in await db.fetch(_NOWHERE, campaign.id):
        clues = msgspec.json.decode(row["clues"], type=TargetClues) if row["clues"] else TargetClues()
        found.append(NowhereTarget(target=_view(row), nearest=await placing.list_nearest(campaign, clues)))
    return found


def _view(row: asyncpg.Record) -> TargetView:
    fields: dict[str, Any] = dict(row)
    lng, lat = fields.pop("lng"), fields.pop("lat")
    fields.pop("clues", None)
    return TargetView(**fields, point=LonLat(lng, lat) if lng is not None else None)
