"""整个居委会: a committee is a target of its own, somewhere within it, where no list says which doors."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns.errors import TargetOutside
from backend.campaigns.rounds import opening
from backend.campaigns.targets import adding
from backend.geo.area_codes import COMMITTEE_CHARS
from backend.sql import sql

COMMITTEES_MOST = 300
# Within its outline; without one among its doors. An area of which nobody knows where it lies is no target.
_ADD = """
    INSERT INTO campaign_target (campaign_id, label, kind, area_code, lng, lat, said, added_at)
    SELECT :campaign_id, area.name, :kind, area.code, ST_X(at.point), ST_Y(at.point), area.code, :now
    FROM area CROSS JOIN LATERAL (
        SELECT coalesce(ST_PointOnSurface(area.polygon::geometry), (
            SELECT place.loc::geometry FROM place WHERE place.area_id = area.code ORDER BY place.id LIMIT 1
        )) AS point
    ) at
    WHERE area.code = ANY(:codes::text[]) AND at.point IS NOT NULL
    ORDER BY area.code ON CONFLICT DO NOTHING RETURNING id
"""
_WITHIN = f"""
    SELECT code FROM area WHERE length(code) = {COMMITTEE_CHARS} AND starts_with(code, $1) ORDER BY code
    LIMIT {COMMITTEES_MOST}
"""


async def list_codes(area_code: str) -> list[str]:
    """The committees of an area."""
    return [row["code"] for row in await db.fetch(_WITHIN, area_code)]


async def add(campaign_id: int, codes: Sequence[str], kind: str, by: Actor | None, now: datetime) -> int:
    """Add committees as targets of this kind; by nobody where the system does it. Returns how many were not there.

    Raises TargetOutside, TargetKindUnknown, TargetsTooMany, and what `making.lock_own` raises.
    """
    async with db.transaction():
        campaign = await adding.lock_to_add(campaign_id, by, len(codes))
        if not all(len(code) == COMMITTEE_CHARS and code.startswith(campaign.area_code) for code in codes):
            raise TargetOutside
        await adding.require_kinds(campaign, {kind})
        rows = await db.fetch(sql(_ADD, campaign_id=campaign_id, kind=kind, codes=list(codes), now=now))
        await opening.add_to_round(campaign_id, [row["id"] for row in rows], now)
    return len(rows)
