"""Add targets to a campaign: places of ours, and lines of a list as far as they lead to one. What is there stays."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.campaigns import making, queries
from backend.campaigns.errors import AssigneeUnknown, CampaignNotFound, TargetKindUnknown, TargetOutside, TargetsTooMany
from backend.campaigns.forms import storing
from backend.campaigns.records import sealing
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.rounds import opening
from backend.campaigns.structs import CampaignState, CampaignView
from backend.campaigns.targets.structs import TARGETS_MOST, NewTarget
from backend.places import queries as places
from backend.places.structs import PlaceRead
from backend.privacy.seals import Seal
from backend.sql import sql

_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('campaign_target', 'id'))"
_COUNT = "SELECT count(*) FROM campaign_target WHERE campaign_id = $1 AND removed_at IS NULL"
_INSERT = """
    INSERT INTO campaign_target (id, campaign_id, place_id, label, kind, area_code, grid_code, lng, lat, said, clues,
        problem, is_near, contact, assignee_id, added_at)
    VALUES (:target_id, :campaign_id, :place_id, :label, :kind, :area_code, :grid_code, :lng, :lat, :said, :clues,
        :problem, :is_near, :contact, :assignee_id, :now)
    ON CONFLICT DO NOTHING RETURNING id
"""


async def add_targets(
    campaign_id: int, targets: Sequence[NewTarget], by: Actor | None, seal: Seal, now: datetime
) -> list[int | None]:
    """Add places of ours; by nobody where the system does it. Returns the target of each, None for one that is there.

    One that runs goes there in the round that is open, too. Raises TargetOutside, TargetKindUnknown, TargetsTooMany,
    PlaceNotFound, and what `making.lock_own` raises.
    """
    async with db.transaction():
        campaign = await lock_to_add(campaign_id, by, len(targets))
        await require_kinds(campaign, {target.kind for target in targets})
        added = [await _add(campaign, target, seal, now) for target in targets]
        await opening.add_to_round(campaign_id, [each for each in added if each is not None], now)
    return added


async def lock_to_add(campaign_id: int, by: Actor | None, more: int) -> CampaignView:
    """The campaign, locked, if so many more targets fit. Raises TargetsTooMany, and what `making.lock_own` raises."""
    if by is not None:
        campaign = await making.lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
    else:
        found = await queries.lock(campaign_id)
        if found is None:
            raise CampaignNotFound
        campaign = found
    if await db.fetchval(_COUNT, campaign_id) + more > TARGETS_MOST:
        raise TargetsTooMany(TARGETS_MOST)
    return campaign


async def require_kinds(campaign: CampaignView, kinds: set[str]) -> None:
    """Raises TargetKindUnknown."""
    known = {kind.code for kind in (await storing.get_form(campaign.form_id)).content.kinds}
    if not kinds <= {"", *known}:
        raise TargetKindUnknown


async def insert(
    campaign: CampaignView, fields: dict[str, Any], contact: TargetContact | None, seal: Seal
) -> int | None:
    """Write a target of a locked campaign; None where its place is one already."""
    target_id = await db.fetchval(_NEXT_ID)
    has_contact = contact is not None and not contact.is_empty
    sealed = sealing.seal_contact(contact, target_id, seal) if has_contact and contact else None
    nowhere = dict.fromkeys(("place_id", "area_code", "lng", "lat", "clues", "assignee_id"))
    usual = nowhere | {"said": "", "problem": "", "is_near": False, "grid_code": ""}
    values = usual | fields | {"target_id": target_id, "campaign_id": campaign.id, "contact": sealed}
    return await db.fetchval(sql(_INSERT, **values))


def columns_of(place: PlaceRead) -> dict[str, Any]:
    """Where a place is, as a target has it."""
    return {
        "place_id": place.id,
        "label": place.label[:200],
        "area_code": place.area_code,
        "grid_code": place.grid_code or "",
        "lng": place.loc.lng,
        "lat": place.loc.lat,
    }


async def _add(campaign: CampaignView, target: NewTarget, seal: Seal, now: datetime) -> int | None:
    place = await places.get_place(target.place_id)
    if not place.area_code.startswith(campaign.area_code):
        raise TargetOutside
    if target.assignee_id is not None and await accounts.lock_actor(target.assignee_id) is None:
        raise AssigneeUnknown
    fields = columns_of(place) | {"kind": target.kind, "assignee_id": target.assignee_id, "now": now}
    if target.label:
        fields["label"] = target.label
    return await insert(campaign, fields, target.contact, seal)
