"""Take a target out of a campaign, or give it to somebody."""

from datetime import datetime

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.campaigns import making
from backend.campaigns.errors import AssigneeUnknown, CampaignTargetNotFound
from backend.campaigns.structs import CampaignState

_REMOVE = """
    UPDATE campaign_target SET removed_at = $3 WHERE id = $1 AND campaign_id = $2 AND removed_at IS NULL RETURNING id
"""
_FORGET = """
    DELETE FROM campaign_task t WHERE t.target_id = $1 AND t.state = 'open'
      AND NOT EXISTS (SELECT FROM campaign_record WHERE task_id = t.id)
"""
_LEAVE = "UPDATE campaign_task SET state = 'missed' WHERE target_id = $1 AND state = 'open'"
_ASSIGN = """
    UPDATE campaign_target SET assignee_id = $3 WHERE id = $1 AND campaign_id = $2 AND removed_at IS NULL RETURNING id
"""
_ASSIGN_TASKS = "UPDATE campaign_task SET assignee_id = $2 WHERE target_id = $1 AND state = 'open'"


async def remove(campaign_id: int, target_id: int, by: Actor, now: datetime) -> None:
    """Nobody goes there any more; its records stay. Raises CampaignTargetNotFound, CampaignStateWrong."""
    async with db.transaction():
        await making.lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        if await db.fetchval(_REMOVE, target_id, campaign_id, now) is None:
            raise CampaignTargetNotFound
        await db.execute(_FORGET, target_id)
        await db.execute(_LEAVE, target_id)


async def assign(campaign_id: int, target_id: int, username: str, by: Actor) -> None:
    """To this person alone; to all who go in its area where none is named. Raises AssigneeUnknown and as `remove`."""
    account_id = await accounts.find_account_id(username) if username.strip() else None
    if username.strip() and account_id is None:
        raise AssigneeUnknown
    async with db.transaction():
        await making.lock_own(campaign_id, by, CampaignState.DRAFT, CampaignState.RUNNING)
        if await db.fetchval(_ASSIGN, target_id, campaign_id, account_id) is None:
            raise CampaignTargetNotFound
        await db.execute(_ASSIGN_TASKS, target_id, account_id)
