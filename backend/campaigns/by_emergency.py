"""What an emergency starts and ends: each campaign of its plan once, as the town had it last, else as it ships.

The template says who goes, how often and until when; a campaign that the town made from it before says which targets,
and what it changed of the form. Without any such targets each committee of the area is one.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.scope import prefixes
from backend.campaigns import copying, lifecycle, making, queries
from backend.campaigns.errors import CampaignNotFound
from backend.campaigns.forms import storing
from backend.campaigns.structs import (
    Assignee,
    CampaignMode,
    CampaignSettings,
    CampaignState,
    CampaignTemplate,
    CampaignView,
    NewCampaign,
)
from backend.campaigns.targets import whole_areas
from backend.campaigns.templates import find_template
from backend.structs import Read

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('campaign of emergency ' || $1, 0))"
_THERE = "SELECT id FROM campaign WHERE emergency_id = $1 AND template_code = $2"
_PREPARED = """
    SELECT c.id FROM campaign c
    WHERE c.template_code = $1 AND c.area_code = ANY($2::text[]) AND EXISTS (
        SELECT FROM campaign_target t
        WHERE t.campaign_id = c.id AND t.removed_at IS NULL AND t.area_code IS NOT NULL
          AND starts_with(t.area_code, $3))
    ORDER BY length(c.area_code) DESC, c.id DESC LIMIT 1
"""
_RUNNING = "SELECT id FROM campaign WHERE emergency_id = $1 AND state = 'running' ORDER BY id"
_OF_EMERGENCY = """
    SELECT c.id, c.name_zh, c.name_en, c.state, coalesce(n.tasks, 0) AS tasks, coalesce(n.done, 0) AS done,
        (SELECT count(*) FROM campaign_order o WHERE o.campaign_id = c.id AND o.is_new AND o.order_id IS NOT NULL)
            AS orders
    FROM campaign c LEFT JOIN LATERAL (
        SELECT count(*) AS tasks, count(*) FILTER (WHERE t.state = 'done') AS done
        FROM campaign_task t WHERE t.campaign_id = c.id
    ) n ON true WHERE c.emergency_id = $1 ORDER BY c.id
"""


class EmergencyCampaign(Read, frozen=True, kw_only=True):
    """A campaign of an emergency: of all its rounds so many tasks, so many done; `orders`: that it opened."""

    id: int
    name_zh: str
    name_en: str
    state: CampaignState
    tasks: int
    done: int
    orders: int


async def start(emergency_id: int, code: str, area_code: str, now: datetime) -> CampaignView | None:
    """Make a campaign of this template and let it run at once; one without targets stays a draft.

    None where this emergency has it already. Raises CampaignNotFound for a code that has no template, and what making
    one raises.
    """
    template = find_template(code)
    if template is None:
        raise CampaignNotFound
    async with db.transaction():
        await db.fetchval(_LOCK, str(emergency_id))
        if await db.fetchval(_THERE, emergency_id, code) is not None:
            return None
        campaign_id, targets = await _make(emergency_id, template, area_code, now)
        if targets:
            await lifecycle.start(campaign_id, None, now, at_once=True)
        return await queries.find(campaign_id)


async def end_all(emergency_id: int, note: str, now: datetime) -> int:
    """End what it started and still runs. Returns how many."""
    ended = 0
    for row in await db.fetch(_RUNNING, emergency_id):
        async with db.transaction():
            campaign = await queries.lock(row["id"])
            if campaign is not None and campaign.state is CampaignState.RUNNING:
                await lifecycle.close(campaign, note, now, None)
                ended += 1
    return ended


async def list_of(emergency_id: int) -> list[EmergencyCampaign]:
    """The campaigns that it started, with how far they came. It asks nobody who may know."""
    return [EmergencyCampaign(**row) for row in await db.fetch(_OF_EMERGENCY, emergency_id)]


async def _make(emergency_id: int, template: CampaignTemplate, area_code: str, now: datetime) -> tuple[int, int]:
    """The number of the campaign, and how many targets it has."""
    found = await db.fetchval(_PREPARED, template.code, prefixes(area_code), area_code)
    before = await queries.find(found) if found is not None else None
    new = NewCampaign(
        area_code=area_code,
        settings=_settings(template, before, now),
        content=(await storing.get_form(before.form_id)).content if before else template.content,
        assignees=await _assignees(template, before, area_code),
        template_code=template.code,
        copied_from_id=before.id if before else None,
        emergency_id=emergency_id,
    )
    campaign_id = await making.create(new, None, now)
    if before is not None:
        return campaign_id, await copying.copy_targets(before.id, campaign_id, now, area_code=area_code)
    codes = await whole_areas.list_codes(area_code)
    return campaign_id, await whole_areas.add(campaign_id, codes, "", None, now)


def _settings(template: CampaignTemplate, before: CampaignView | None, now: datetime) -> CampaignSettings:
    of_town = before or template
    return CampaignSettings(
        name_zh=of_town.name_zh,
        name_en=of_town.name_en,
        about=before.about if before else template.about_zh,
        kind=template.kind,
        mode=CampaignMode.EMERGENCY,
        starts_at=now,
        ends_at=now + timedelta(days=template.lasts_days),
        every_h=template.every_h,
        due_within_h=template.due_within_h,
        personal_days=of_town.personal_days,
        personal_roles=of_town.personal_roles,
    )


async def _assignees(template: CampaignTemplate, before: CampaignView | None, area_code: str) -> list[Assignee]:
    """Who goes within the area: as the town had it, those who are still here; else as the template says."""
    earlier = await queries.list_assignees(before.id) if before else []
    narrowed = [_within(each, area_code) for each in earlier]
    standing = [each for each in narrowed if each is not None and await _is_here(each)]
    return standing or [Assignee(area_code=area_code, role=role) for role in template.roles]


def _within(each: Assignee, area_code: str) -> Assignee | None:
    """As far as it lies within the area."""
    if each.area_code.startswith(area_code):
        return each
    return replace(each, area_code=area_code) if area_code.startswith(each.area_code) else None


async def _is_here(each: Assignee) -> bool:
    return each.account_id is None or await accounts.lock_actor(each.account_id) is not None
