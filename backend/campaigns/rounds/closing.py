"""What the clock does with rounds: says that they are nearly due, closes them at the deadline, ends what is over.

A task that nobody did by then is missed. What a phone kept may still come in: done late, it is missed no longer.
"""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.campaigns import lifecycle, queries
from backend.campaigns.events import CampaignRoundDueSoon, CampaignRoundMissed
from backend.campaigns.structs import CampaignState
from backend.events import service as events

_BATCH = 100
_COLUMNS = "r.id, r.number, r.due_at, c.id AS campaign_id, c.area_code, c.name_zh, c.name_en"
_DUE = f"""
    SELECT {_COLUMNS} FROM campaign_round r JOIN campaign c ON c.id = r.campaign_id
    WHERE r.closed_at IS NULL AND r.due_at <= $1 ORDER BY r.id LIMIT {_BATCH} FOR NO KEY UPDATE OF r SKIP LOCKED
"""
_CLOSE = "UPDATE campaign_round SET closed_at = $2, warn_at = NULL WHERE id = $1"
_MISS = """
    UPDATE campaign_task SET state = 'missed' WHERE round_id = $1 AND state = 'open' RETURNING target_id
"""
_COUNT = "SELECT count(*) FROM campaign_task WHERE round_id = $1"
_NEAR = f"""
    SELECT {_COLUMNS}, (SELECT count(*) FROM campaign_task t WHERE t.round_id = r.id AND t.state = 'open') AS open_tasks
    FROM campaign_round r JOIN campaign c ON c.id = r.campaign_id
    WHERE r.closed_at IS NULL AND r.warn_at <= $1 AND r.due_at > $1 ORDER BY r.id LIMIT {_BATCH}
    FOR NO KEY UPDATE OF r SKIP LOCKED
"""
_WARNED = "UPDATE campaign_round SET warn_at = NULL WHERE id = ANY($1::bigint[])"
_PAST = "SELECT id FROM campaign WHERE state = 'running' AND ends_at <= $1 ORDER BY id"


async def close_due(now: datetime) -> int:
    """Close the rounds whose deadline has passed; whoever watches hears of what was missed. Returns how many."""
    async with db.transaction():
        rows = await db.fetch(_DUE, now)
        for row in rows:
            await db.execute(_CLOSE, row["id"], now)
            missed = sorted(each["target_id"] for each in await db.fetch(_MISS, row["id"]))
            if missed:
                tasks = await db.fetchval(_COUNT, row["id"])
                facts = {"tasks": tasks, "missed": len(missed), "target_ids": tuple(missed)}
                await events.record(CampaignRoundMissed(**_about(row), **facts))
    return len(rows)


async def warn(now: datetime) -> int:
    """Say once of each round that it is nearly due, where something is left to be done. Returns of how many."""
    async with db.transaction():
        rows = await db.fetch(_NEAR, now)
        left = [row for row in rows if row["open_tasks"]]
        await db.execute(_WARNED, [row["id"] for row in rows])
        await events.record(
            *(CampaignRoundDueSoon(**_about(row), due_at=row["due_at"], open_tasks=row["open_tasks"]) for row in left)
        )
    return len(left)


async def end_past(now: datetime) -> int:
    """End the campaigns whose time is over. Returns how many."""
    ended = 0
    for row in await db.fetch(_PAST, now):
        async with db.transaction():
            campaign = await queries.lock(row["id"])
            if campaign is not None and campaign.state is CampaignState.RUNNING and campaign.ends_at <= now:
                await lifecycle.close(campaign, "", now, None)
                ended += 1
    return ended


def _about(row: asyncpg.Record) -> dict[str, Any]:
    return {
        "subject_id": row["id"],
        "number": row["number"],
        **{name: row[name] for name in ("area_code", "campaign_id", "name_zh", "name_en")},
    }
