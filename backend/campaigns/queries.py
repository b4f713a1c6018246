"""Reads of campaigns themselves: one, those of a reader's areas, and who goes."""

from collections.abc import Sequence

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.campaigns.errors import CampaignForbidden, CampaignNotFound
from backend.campaigns.structs import Assignee, CampaignState, CampaignView, ListedCampaign
from backend.geo import area_sql
from backend.sql import sql

LIST_MOST = 200
COLUMNS = """
    c.id, c.version, c.area_code, c.kind, c.mode, c.name_zh, c.name_en, c.about, c.state, c.starts_at, c.ends_at,
    c.every_h, c.due_within_h, c.personal_days, c.personal_roles, c.started_at, c.ended_at, c.closing_note,
    c.template_code, c.copied_from_id, c.emergency_id, f.id AS form_id, f.version AS form_version
"""
FROM = """
    FROM campaign c JOIN LATERAL (
        SELECT id, version FROM campaign_form WHERE campaign_id = c.id ORDER BY version DESC LIMIT 1
    ) f ON true
"""
_ONE = f"SELECT {COLUMNS} {FROM} WHERE c.id = $1"
_LIST = f"""
    SELECT {COLUMNS},
        (SELECT count(*) FROM campaign_target t WHERE t.campaign_id = c.id AND t.removed_at IS NULL) AS targets,
        coalesce(r.tasks, 0) AS tasks, coalesce(r.done, 0) AS done,
        (SELECT count(*) FROM campaign_order o WHERE o.campaign_id = c.id AND o.is_new) AS troubles
    {FROM}
    LEFT JOIN LATERAL (
        SELECT count(*) AS tasks, count(*) FILTER (WHERE t.state = 'done') AS done FROM campaign_task t
        WHERE t.round_id = (SELECT id FROM campaign_round WHERE campaign_id = c.id ORDER BY number DESC LIMIT 1)
    ) r ON true
    WHERE c.state = ANY(:states::text[]) AND ({{within}} OR {{around}})
    ORDER BY c.state = 'running' DESC, c.state = 'draft' DESC, c.id DESC LIMIT {LIST_MOST}
"""
_ASSIGNEES = "SELECT area_code, role, unit_id, account_id FROM campaign_assignee WHERE campaign_id = $1 ORDER BY id"


async def list_campaigns(reader: Actor, states: Sequence[CampaignState]) -> list[ListedCampaign]:
    """Those of the reader's areas, of areas around them and within them: those that run first, then drafts."""
    areas = rules.areas_read(reader)
    around = sql("c.area_code = ANY(:around::text[])", around=_above(areas))
    within = area_sql.within_any("c.area_code", areas, "of_reader")
    rows = await db.fetch(sql(_LIST, states=list(states), within=within, around=around))
    return [msgspec.convert(dict(row), ListedCampaign) for row in rows]


async def get_campaign(campaign_id: int, reader: Actor) -> CampaignView:
    """For who reads the desk of some of its area. Raises CampaignNotFound."""
    campaign = await find(campaign_id)
    if campaign is None or not rules.may_read(reader, campaign.area_code):
        raise CampaignNotFound
    return campaign


async def get_own(campaign_id: int, maker: Actor) -> CampaignView:
    """For who makes campaigns of its area. Raises CampaignNotFound, CampaignForbidden."""
    campaign = await get_campaign(campaign_id, maker)
    if not rules.may_make(maker, campaign.area_code):
        raise CampaignForbidden
    return campaign


async def find(campaign_id: int) -> CampaignView | None:
    """Whoever asks."""
    row = await db.fetchrow(_ONE, campaign_id)
    return _view(row) if row else None


async def lock(campaign_id: int) -> CampaignView | None:
    """As it is now: nobody else changes it before the transaction ends."""
    row = await db.fetchrow(f"{_ONE} FOR NO KEY UPDATE OF c", campaign_id)
    return _view(row) if row else None


async def list_assignees(campaign_id: int) -> list[Assignee]:
    return [msgspec.convert(dict(row), Assignee) for row in await db.fetch(_ASSIGNEES, campaign_id)]


def _view(row: asyncpg.Record) -> CampaignView:
    return msgspec.convert(dict(row), CampaignView)


def _above(areas: Sequence[str]) -> list[str]:
    """The areas in which these lie, a committee's town and district."""
    return sorted({area[:chars] for area in areas for chars in (6, 9, 12) if chars < len(area)})
