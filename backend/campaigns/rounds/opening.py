"""Make the round that has begun, with a task for each target. Made once, whoever makes it: by a key of the table."""

from datetime import datetime, timedelta

from backend import db
from backend.campaigns import queries, rules
from backend.campaigns.events import CampaignRoundOpened
from backend.campaigns.structs import CampaignState, CampaignView
from backend.events import service as events
from backend.sql import sql

_RUNNING = "SELECT id FROM campaign WHERE state = 'running' ORDER BY id"
_TASKS_OF = """
    INSERT INTO campaign_task (round_id, campaign_id, target_id, area_code, assignee_id)
    SELECT made.id, t.campaign_id, t.id, t.area_code, t.assignee_id
    FROM made JOIN campaign_target t ON t.campaign_id = made.campaign_id
    WHERE t.removed_at IS NULL AND t.area_code IS NOT NULL {of_targets} ORDER BY t.id
    ON CONFLICT ON CONSTRAINT campaign_task_once DO NOTHING RETURNING 1
"""
_MAKE = f"""
    WITH made AS (
        INSERT INTO campaign_round (campaign_id, number, starts_at, due_at, warn_at)
        VALUES (:campaign_id, :number, :starts_at, :due_at, :warn_at)
        ON CONFLICT ON CONSTRAINT campaign_round_once DO NOTHING RETURNING id, campaign_id
    ),
    tasks AS ({_TASKS_OF.format(of_targets="")})
    SELECT made.id, (SELECT count(*) FROM tasks) AS tasks FROM made
"""
_ADD = f"""
    WITH made AS (
        SELECT id, campaign_id FROM campaign_round WHERE campaign_id = $1 AND closed_at IS NULL AND due_at > $3
    )
    {_TASKS_OF.format(of_targets="AND t.id = ANY($2::bigint[])")}
"""


async def open_due(now: datetime) -> int:
    """Make the rounds of all running campaigns that have begun and are not there. Returns how many."""
    opened = 0
    for row in await db.fetch(_RUNNING):
        async with db.transaction():
            campaign = await queries.lock(row["id"])
            if campaign is not None and campaign.state is CampaignState.RUNNING:
                opened += await open_round(campaign, now)
    return opened


async def open_round(campaign: CampaignView, now: datetime) -> bool:
    """Make the round of a locked campaign that has begun last; False where it is there or there is none."""
    times = _times_of(campaign, now)
    if times is None or times.due_at <= now:
        return False
    row = await db.fetchrow(sql(_MAKE, campaign_id=campaign.id, **times._asdict()))
    if row is None:
        return False
    await events.record(
        CampaignRoundOpened(
            subject_id=row["id"],
            area_code=campaign.area_code,
            campaign_id=campaign.id,
            name_zh=campaign.name_zh,
            name_en=campaign.name_en,
            number=times.number,
            tasks=row["tasks"],
        )
    )
    return True


async def add_to_round(campaign_id: int, target_ids: list[int], now: datetime) -> None:
    """Targets that were added or placed while it runs belong to the round that is open, too."""
    await db.execute(_ADD, campaign_id, target_ids, now)


def next_due(campaign: CampaignView, now: datetime) -> datetime:
    """When the tasks of the round that runs are due; where none does, those of the next one."""
    times = _times_of(campaign, now)
    if times is not None and times.due_at > now:
        return times.due_at
    every = timedelta(hours=campaign.every_h or 0)
    begins = times.starts_at + every if times else campaign.starts_at
    return min(begins + timedelta(hours=campaign.due_within_h), campaign.ends_at)


def _times_of(campaign: CampaignView, now: datetime) -> rules.RoundTimes | None:
    return rules.round_at(campaign.starts_at, campaign.ends_at, campaign.every_h, campaign.due_within_h, now)
