"""A campaign out of another one, or out of a template that ships: a draft that begins now."""

from datetime import datetime, timedelta

from backend import db
from backend.accounts.sql import is_active
from backend.accounts.structs import Actor
from backend.campaigns import making, queries
from backend.campaigns.errors import CampaignNotFound
from backend.campaigns.forms import storing
from backend.campaigns.structs import Assignee, CampaignSettings, NewCampaign
from backend.campaigns.templates import find_template
from backend.sql import Sql, sql
from backend.words import CAMPAIGN_NAME_ZH

_COPY_TARGETS = f"""
    INSERT INTO campaign_target (campaign_id, place_id, label, kind, area_code, grid_code, lng, lat, said, clues,
        problem, is_near, assignee_id, added_at)
    SELECT :copy_id, place_id, label, kind, area_code, grid_code, lng, lat, said, clues, problem, is_near,
        CASE WHEN {is_active("assignee_id")} THEN assignee_id END, :now
    FROM campaign_target WHERE campaign_id = :campaign_id AND removed_at IS NULL AND {{of_targets}} ORDER BY id
    RETURNING id
"""
_HOUR = timedelta(hours=1)


async def from_template(code: str, area_code: str, by: Actor, now: datetime) -> int:
    """A draft as the template has it, all over an area. Returns its number. Raises CampaignNotFound, as `create`."""
    template = find_template(code)
    if template is None:
        raise CampaignNotFound
    starts_at = _whole_hour(now)
    settings = CampaignSettings(
        name_zh=template.name_zh,
        name_en=template.name_en,
        about=template.about_zh,
        kind=template.kind,
        mode=template.mode,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(days=template.lasts_days),
        every_h=template.every_h,
        due_within_h=template.due_within_h,
        personal_days=template.personal_days,
        personal_roles=template.personal_roles,
    )
    assignees = [Assignee(area_code=area_code, role=role) for role in template.roles]
    new = NewCampaign(
        area_code=area_code,
        settings=settings,
        content=template.content,
        assignees=assignees,
        template_code=code,
    )
    return await making.create(new, by, now)


async def copy(campaign_id: int, by: Actor, now: datetime) -> int:
    """A draft with the form, targets and people of a campaign; contacts stay sealed where they are.

    Raises CampaignNotFound, CampaignForbidden, AssigneeUnknown.
    """
    campaign = await queries.get_own(campaign_id, by)
    form = await storing.get_form(campaign.form_id)
    starts_at = _whole_hour(now)
    names = ("name_en", "about", "kind", "mode", "every_h", "due_within_h", "personal_days", "personal_roles")
    settings = CampaignSettings(
        name_zh=f"{campaign.name_zh[: CAMPAIGN_NAME_ZH - 4]}(副本)",
        starts_at=starts_at,
        ends_at=starts_at + (campaign.ends_at - campaign.starts_at),
        **{name: getattr(campaign, name) for name in names},
    )
    async with db.transaction():
        new = NewCampaign(
            area_code=campaign.area_code,
            settings=settings,
            content=form.content,
            assignees=await queries.list_assignees(campaign_id),
            template_code=campaign.template_code,
            copied_from_id=campaign_id,
        )
        copy_id = await making.create(new, by, now)
        await copy_targets(campaign_id, copy_id, now)
    return copy_id


async def copy_targets(campaign_id: int, copy_id: int, now: datetime, *, area_code: str | None = None) -> int:
    """Give a copy the targets of a campaign, those of an area that are placed where one is named. Returns how many.

    Within the caller's transaction. A target that was given to somebody who has left is for all who go there.
    """
    of_targets = Sql("true")
    if area_code is not None:
        of_targets = sql("area_code IS NOT NULL AND starts_with(area_code, :of_area::text)", of_area=area_code)
    values = {"copy_id": copy_id, "campaign_id": campaign_id, "now": now}
    return len(await db.fetch(sql(_COPY_TARGETS, of_targets=of_targets, **values)))


def _whole_hour(now: datetime) -> datetime:
    """The next full hour: no page begins at 14:23."""
    return now.replace(minute=0, second=0, microsecond=0) + _HOUR
