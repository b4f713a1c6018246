"""What runs in an area now, and how far its round is there: for whoever looks at the area as a whole."""

from datetime import datetime

import msgspec

from backend import db
from backend.campaigns.structs import CampaignKind, CampaignMode, CampaignState
from backend.geo import area_sql
from backend.sql import sql
from backend.structs import Read

_RUNNING = f"""
    SELECT c.id, c.kind, c.mode, c.name_zh, c.name_en, r.number AS round, r.due_at, t.tasks, t.done, t.missed
    FROM campaign c
    JOIN LATERAL (
        SELECT id, number, due_at FROM campaign_round WHERE campaign_id = c.id ORDER BY number DESC LIMIT 1
    ) r ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS tasks, count(*) FILTER (WHERE k.state = 'done') AS done,
            count(*) FILTER (WHERE k.state = 'missed') AS missed
        FROM campaign_task k WHERE k.round_id = r.id AND {area_sql.within("k.area_code", ":area::text")}
    ) t
    WHERE c.state = '{CampaignState.RUNNING}' AND t.tasks > 0
        AND ({area_sql.within("c.area_code", ":area::text")} OR starts_with(:area::text, c.area_code))
    ORDER BY c.mode = '{CampaignMode.EMERGENCY}' DESC, r.due_at, c.id LIMIT :most
"""


class RunningCampaign(Read, frozen=True, kw_only=True):
    """A campaign's latest round within an area: how many targets it has there, and how many are done or were missed."""

    id: int
    kind: CampaignKind
    mode: CampaignMode
    name_zh: str
    name_en: str
    round: int
    due_at: datetime
    tasks: int
    done: int
    missed: int


async def list_running(area_code: str, most: int) -> list[RunningCampaign]:
    """Those that have something to do in this area, what is for emergencies and due soonest first.

    For whoever may read the desk of this area: the caller sees to that.
    """
    rows = await db.fetch(sql(_RUNNING, area=area_code, most=most))
    return [msgspec.convert(dict(row), RunningCampaign) for row in rows]
