"""Make a campaign and change it: its settings, who goes, its form; a copy of another one."""

import re
from datetime import datetime

from msgspec.structs import asdict, replace

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.campaigns import queries, rules
from backend.campaigns.errors import (
    AssigneeUnknown,
    CampaignAreaWrong,
    CampaignForbidden,
    CampaignFormWrong,
    CampaignNotFound,
    CampaignStateWrong,
    CampaignTimesWrong,
)
from backend.campaigns.forms import storing
from backend.campaigns.forms.fields import FormContent
from backend.campaigns.structs import Assignee, CampaignSettings, CampaignState, CampaignView, NewCampaign
from backend.geo.area_codes import MAPPED_AREA
from backend.places import queries as places
from backend.places.errors import AreaNotFound
from backend.sql import sql

_INSERT = """
    INSERT INTO campaign (area_code, kind, mode, name_zh, name_en, about, starts_at, ends_at, every_h, due_within_h,
        personal_days, personal_roles, template_code, copied_from_id, emergency_id, made_by_id, made_at)
    VALUES (:area_code, :kind, :mode, :name_zh, :name_en, :about, :starts_at, :ends_at, :every_h, :due_within_h,
        :personal_days, :personal_roles, :template_code, :copied_from_id, :emergency_id, :account_id, :now)
    RETURNING id
"""
_CHANGE = """
    UPDATE campaign SET kind = :kind, mode = :mode, name_zh = :name_zh, name_en = :name_en, about = :about,
        starts_at = :starts_at, ends_at = :ends_at, every_h = :every_h, due_within_h = :due_within_h,
        personal_days = :personal_days, personal_roles = :personal_roles, version = version + 1
    WHERE id = :campaign_id
"""
_TOUCH = "UPDATE campaign SET version = version + 1 WHERE id = $1"
_CLEAR_ASSIGNEES = "DELETE FROM campaign_assignee WHERE campaign_id = $1"
_ASSIGN = """
    INSERT INTO campaign_assignee (campaign_id, area_code, role, unit_id, account_id)
    VALUES (:campaign_id, :area_code, :role, :unit_id, :account_id)
"""


async def create(new: NewCampaign, by: Actor | None, now: datetime) -> int:
    """A campaign as a draft; by nobody where the system makes it. Returns its number.

    Raises CampaignAreaWrong, CampaignForbidden, CampaignTimesWrong, CampaignFormWrong, AssigneeUnknown.
    """
    if by is not None and not rules.may_make(by, new.area_code):
        raise CampaignForbidden
    await _require_area(new.area_code)
    require_sound(new.settings)
    await require_form(new.content, is_draft=True)
    async with db.transaction():
        names = ("area_code", "template_code", "copied_from_id", "emergency_id")
        values = {name: getattr(new, name) for name in names} | {"account_id": by.account_id if by else None}
        campaign_id = await db.fetchval(sql(_INSERT, **values, now=now, **_columns(new.settings)))
        await storing.add_version(campaign_id, new.content, by, now)
        await _assign(campaign_id, new.area_code, new.assignees)
    return campaign_id


async def change_settings(campaign_id: int, settings: CampaignSettings, by: Actor) -> None:
    """Of a draft all; of one that runs what its rounds do not depend on, and the end. Raises CampaignStateWrong."""
    require_sound(settings)
    async with db.transaction():
        campaign = await lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        if campaign.state is CampaignState.RUNNING:
            rhythm = {name: getattr(campaign, name) for name in ("starts_at", "every_h", "due_within_h")}
            settings = replace(settings, **rhythm)
            require_sound(settings)
        await db.execute(sql(_CHANGE, campaign_id=campaign_id, **_columns(settings)))


async def set_assignees(campaign_id: int, assignees: list[Assignee], by: Actor) -> None:
    """Who goes from now on: these and nobody else. Raises AssigneeUnknown, CampaignStateWrong."""
    async with db.transaction():
        campaign = await lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        await db.execute(_CLEAR_ASSIGNEES, campaign_id)
        await _assign(campaign_id, campaign.area_code, assignees)
        await db.execute(_TOUCH, campaign_id)


async def set_content(campaign_id: int, content: FormContent, by: Actor, now: datetime) -> None:
    """The form from now on. What runs goes on with a new version; records keep the one that they were filled in with.

    Raises CampaignFormWrong, CampaignStateWrong.
    """
    async with db.transaction():
        campaign = await lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        await require_form(content, is_draft=campaign.state is CampaignState.DRAFT)
        if campaign.state is CampaignState.DRAFT:
            await storing.replace_version(campaign.form_id, content, by, now)
        else:
            await storing.add_version(campaign_id, content, by, now)
        await db.execute(_TOUCH, campaign_id)


async def lock_own(campaign_id: int, by: Actor, *states: CampaignState) -> CampaignView:
    """The campaign, locked, of somebody who makes campaigns there. Raises CampaignNotFound, CampaignForbidden,
    CampaignStateWrong where it is in none of these states.
    """
    campaign = await queries.lock(campaign_id)
    if campaign is None or not rules.may_read(by, campaign.area_code):
        raise CampaignNotFound
    if not rules.may_make(by, campaign.area_code):
        raise CampaignForbidden
    if campaign.state not in states:
        raise CampaignStateWrong(campaign.state)
    return campaign


async def lock_in(campaign_id: int, by: Actor | None, *states: CampaignState) -> CampaignView:
    """As `lock_own`; where the system does it, whatever the area. Raises what that raises."""
    if by is not None:
        return await lock_own(campaign_id, by, *states)
    campaign = await queries.lock(campaign_id)
    if campaign is None:
        raise CampaignNotFound
    if campaign.state not in states:
        raise CampaignStateWrong(campaign.state)
    return campaign


def require_sound(settings: CampaignSettings) -> None:
    """Raises CampaignTimesWrong."""
    if settings.starts_at >= settings.ends_at:
        raise CampaignTimesWrong("ends_at")
    if settings.every_h is not None and settings.due_within_h > settings.every_h:
        raise CampaignTimesWrong("due_within_h")


async def require_form(content: FormContent, *, is_draft: bool) -> None:
    """Raises CampaignFormWrong."""
    if faults := await storing.faults_of(content, is_draft=is_draft):
        raise CampaignFormWrong(faults)


async def _require_area(area_code: str) -> None:
    try:
        if not re.fullmatch(MAPPED_AREA, area_code, re.ASCII):
            raise CampaignAreaWrong
        await places.get_area(area_code)
    except AreaNotFound as error:
        raise CampaignAreaWrong from error


async def _assign(campaign_id: int, area_code: str, assignees: list[Assignee]) -> None:
    narrowed = [each if each.area_code else replace(each, area_code=area_code) for each in assignees]
    for each in dict.fromkeys(narrowed):
        await _require_assignee(each, area_code)
        role = each.role.value if each.role else None
        await db.execute(sql(_ASSIGN, campaign_id=campaign_id, **(asdict(each) | {"role": role})))


async def _require_assignee(each: Assignee, area_code: str) -> None:
    """Raises AssigneeUnknown."""
    named = [part for part in (each.role, each.unit_id, each.account_id) if part is not None]
    is_known = len(named) == 1 and each.area_code.startswith(area_code)
    if each.role is not None:
        is_known = is_known and each.role in rules.GOING
    if each.unit_id is not None:
        is_known = is_known and await accounts.find_unit(each.unit_id) is not None
    if each.account_id is not None:
        is_known = is_known and await accounts.lock_actor(each.account_id) is not None
    if not is_known:
        raise AssigneeUnknown


def _columns(settings: CampaignSettings) -> dict[str, object]:
    fields = asdict(settings)
    return fields | {
        "kind": settings.kind.value,
        "mode": settings.mode.value,
        "personal_roles": [role.value for role in settings.personal_roles],
    }
