"""The tasks of whoever goes: what is open for them now, and one with its form. Nothing of rounds that are over."""

from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns.errors import CampaignTaskNotFound
from backend.campaigns.forms import storing
from backend.campaigns.rounds import goers
from backend.campaigns.rounds.structs import OwnTask, OwnTaskDetail
from backend.geo.lonlat import LonLat
from backend.sql import sql

LIST_MOST = 300
_COLUMNS = """
    t.id, t.campaign_id, c.name_zh AS campaign_zh, c.name_en AS campaign_en, c.mode, r.number AS round, r.due_at,
    g.label, g.kind, coalesce(kind.zh, '') AS kind_zh, coalesce(kind.en, '') AS kind_en, t.area_code,
    coalesce(area.name, t.area_code) AS area, g.place_id, g.lng, g.lat, t.state, t.tries,
    g.contact IS NOT NULL AS has_contact, t.assignee_id IS NOT NULL AS is_own, f.id AS form_id, c.ends_at AS until
"""
_FROM = """
    FROM campaign_task t JOIN campaign c ON c.id = t.campaign_id JOIN campaign_round r ON r.id = t.round_id
    JOIN campaign_target g ON g.id = t.target_id LEFT JOIN area ON area.code = t.area_code
    JOIN LATERAL (
        SELECT id, content FROM campaign_form WHERE campaign_id = c.id ORDER BY version DESC LIMIT 1
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT k ->> 'zh' AS zh, k ->> 'en' AS en FROM jsonb_array_elements(f.content -> 'kinds') k
        WHERE k ->> 'code' = g.kind LIMIT 1
    ) kind ON true
"""
_LIST = f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE t.state = 'open' AND c.state = 'running' AND r.closed_at IS NULL AND {{goes}}
      AND (:campaign_id::bigint IS NULL OR t.campaign_id = :campaign_id)
      AND (:place_id::bigint IS NULL OR g.place_id = :place_id)
    ORDER BY r.due_at, t.campaign_id, t.area_code, t.tries > 0 DESC, g.label, t.id LIMIT :most
"""
_ONE = f"SELECT {_COLUMNS}, c.about {_FROM} WHERE t.id = :task_id AND {{goes}}"
_HAS_ANY = """
    SELECT EXISTS (
        SELECT FROM campaign_task t JOIN campaign c ON c.id = t.campaign_id
        WHERE t.state = 'open' AND c.state = 'running' AND {goes})
"""


async def list_own(
    goer: Actor, *, campaign_id: int | None = None, place_id: int | None = None, most: int = LIST_MOST
) -> list[OwnTask]:
    """What this person has to do now, what is due first first; of a campaign or at a place where one is named."""
    values = {"campaign_id": campaign_id, "place_id": place_id, "most": most}
    return [_task(row) for row in await db.fetch(sql(_LIST, goes=goers.goes(goer), **values))]


async def has_any(goer: Actor) -> bool:
    """Whether there is anything for this person to do."""
    return await db.fetchval(sql(_HAS_ANY, goes=goers.goes(goer)))


async def get_own(task_id: int, goer: Actor) -> OwnTaskDetail:
    """One of them, with its form; also one that is done or over, to see so. Raises CampaignTaskNotFound."""
    row = await db.fetchrow(sql(_ONE, task_id=task_id, goes=goers.goes(goer)))
    if row is None:
        raise CampaignTaskNotFound
    form = await storing.get_form(row["form_id"])
    return OwnTaskDetail(task=_task(row), about=row["about"], form_id=form.id, content=form.content)


def _task(row: asyncpg.Record) -> OwnTask:
    fields: dict[str, Any] = dict(row)
    fields.pop("about", None)
    point = LonLat(fields.pop("lng"), fields.pop("lat"))
    return msgspec.convert(fields | {"point": point}, OwnTask)
