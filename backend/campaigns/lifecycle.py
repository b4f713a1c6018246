"""Start, end and archive a campaign. What runs has a round at once, where its time has begun."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import making, queries
from backend.campaigns.errors import CampaignNotReady
from backend.campaigns.events import CampaignEnded, CampaignStarted
from backend.campaigns.forms import storing
from backend.campaigns.rounds import opening
from backend.campaigns.structs import CampaignState, CampaignView
from backend.events import service as events

_START = """
    UPDATE campaign SET state = 'running', started_at = $2, starts_at = $3, version = version + 1 WHERE id = $1
"""
_END = """
    UPDATE campaign SET state = 'ended', ended_at = $2, closing_note = $3, version = version + 1 WHERE id = $1
"""
_ARCHIVE = "UPDATE campaign SET state = 'archived', version = version + 1 WHERE id = $1"
_PLACED = """
    SELECT count(*) FROM campaign_target WHERE campaign_id = $1 AND removed_at IS NULL AND area_code IS NOT NULL
"""
_LEAVE_TASKS = "UPDATE campaign_task SET state = 'missed' WHERE campaign_id = $1 AND state = 'open'"
_LEAVE_ROUNDS = "UPDATE campaign_round SET closed_at = $2 WHERE campaign_id = $1 AND closed_at IS NULL"


async def start(campaign_id: int, by: Actor | None, now: datetime, *, at_once: bool = False) -> None:
    """Let a draft run, from its time on or at once; by nobody where the system does it. One that happens once and
    whose time has begun counts from now.

    Raises CampaignNotReady with all that is lacking, CampaignStateWrong, CampaignNotFound, CampaignForbidden.
    """
    async with db.transaction():
        campaign = await making.lock_in(campaign_id, by, CampaignState.DRAFT)
        targets = await db.fetchval(_PLACED, campaign_id)
        if lacks := await list_lacking(campaign, targets, now):
            raise CampaignNotReady(lacks)
        is_late = campaign.every_h is None and campaign.starts_at < now
        starts_at = now if at_once or is_late else campaign.starts_at
        await db.execute(_START, campaign_id, now, starts_at)
        running = await queries.find(campaign_id)
        assert running is not None
        await opening.open_round(running, now)
        await events.record(_started(running, targets, by, now))


async def list_lacking(campaign: CampaignView, targets: int, now: datetime) -> list[str]:
    """What a draft has to have before it starts and has not: form, targets, assignees, time."""
    form = await storing.get_form(campaign.form_id)
    holds = {
        "form": not await storing.faults_of(form.content, is_draft=False),
        "targets": targets > 0,
        "assignees": bool(await queries.list_assignees(campaign.id)),
        "time": campaign.ends_at > now,
    }
    return [name for name, is_there in holds.items() if not is_there]


async def end(campaign_id: int, note: str, by: Actor, now: datetime) -> None:
    """End what runs before its time; what nobody did is left. Raises CampaignStateWrong."""
    async with db.transaction():
        campaign = await making.lock_own(campaign_id, by, CampaignState.RUNNING)
        await close(campaign, note, now, by.account_id)


async def archive(campaign_id: int, by: Actor) -> None:
    """Put away what has ended. Raises CampaignStateWrong."""
    async with db.transaction():
        await making.lock_own(campaign_id, by, CampaignState.ENDED)
        await db.execute(_ARCHIVE, campaign_id)


async def close(campaign: CampaignView, note: str, now: datetime, by_id: int | None) -> None:
    """The end of a locked campaign that runs, within the caller's transaction."""
    await db.execute(_LEAVE_TASKS, campaign.id)
    await db.execute(_LEAVE_ROUNDS, campaign.id, now)
    await db.execute(_END, campaign.id, now, note)
    await events.record(
        CampaignEnded(
            subject_id=campaign.id,
            version=campaign.version + 1,
            area_code=campaign.area_code,
            campaign_id=campaign.id,
            name_zh=campaign.name_zh,
            name_en=campaign.name_en,
            emergency_id=campaign.emergency_id,
            acted_by_id=by_id,
        )
    )


def _started(campaign: CampaignView, targets: int, by: Actor | None, now: datetime) -> CampaignStarted:
    return CampaignStarted(
        subject_id=campaign.id,
        version=campaign.version,
        area_code=campaign.area_code,
        campaign_id=campaign.id,
        name_zh=campaign.name_zh,
        name_en=campaign.name_en,
        starts_at=campaign.starts_at,
        due_at=opening.next_due(campaign, now),
        targets=targets,
        mode=campaign.mode.value,
        emergency_id=campaign.emergency_id,
        acted_by_id=by.account_id if by else None,
    )
