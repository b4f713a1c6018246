"""How far a campaign is: by committee in figures, target by target for map and list, within the reader's areas."""

from datetime import datetime
from enum import StrEnum

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.campaigns.rounds.structs import CampaignTaskState
from backend.geo import area_sql
from backend.geo.lonlat import LonLat
from backend.sql import Sql, sql
from backend.structs import Read

TARGETS_MOST = 500
_ROUNDS = """
    SELECT id, number, starts_at, due_at, closed_at FROM campaign_round WHERE campaign_id = $1 ORDER BY number DESC
    LIMIT 60
"""
_BY_AREA = """
    SELECT t.area_code, coalesce(area.name, t.area_code) AS area, count(*) AS targets,
        count(*) FILTER (WHERE t.state = 'done') AS done,
        count(*) FILTER (WHERE t.state = 'done' AND t.done_at > r.due_at) AS late,
        count(*) FILTER (WHERE t.state = 'missed') AS missed,
        count(*) FILTER (WHERE t.state = 'open' AND t.tries > 0) AS again,
        count(*) FILTER (WHERE trouble.found) AS troubles
    FROM campaign_task t JOIN campaign_round r ON r.id = t.round_id LEFT JOIN area ON area.code = t.area_code
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT FROM campaign_record k WHERE k.task_id = t.id AND k.troubles > 0) AS found
    ) trouble
    WHERE t.round_id = :round_id AND {within} GROUP BY t.area_code, area.name ORDER BY t.area_code
"""
_TARGETS = """
    SELECT t.id AS task_id, t.target_id, g.label, g.kind, t.area_code, g.lng, g.lat, t.state, t.tries, t.done_at,
        t.done_at > r.due_at AS is_late, a.display_name AS assignee, last.id AS record_id,
        coalesce(last.troubles, 0) AS troubles, last.presence
    FROM campaign_task t JOIN campaign_round r ON r.id = t.round_id JOIN campaign_target g ON g.id = t.target_id
    LEFT JOIN account a ON a.id = t.assignee_id
    LEFT JOIN LATERAL (
        SELECT k.id, k.troubles, k.presence FROM campaign_record k WHERE k.task_id = t.id ORDER BY k.id DESC LIMIT 1
    ) last ON true
    WHERE t.round_id = :round_id AND {within} AND {shown}
    ORDER BY t.state = 'done', t.state = 'open', t.area_code, g.label, t.id LIMIT :most
"""


class CoverageFilter(StrEnum):
    ALL = "all"
    LEFT = "left"
    """Not done: open or missed."""
    TROUBLE = "trouble"


_SHOWN = {
    CoverageFilter.ALL: Sql("true"),
    CoverageFilter.LEFT: Sql("t.state <> 'done'"),
    CoverageFilter.TROUBLE: Sql("last.troubles > 0"),
}


class RoundView(Read, frozen=True, kw_only=True):
    id: int
    number: int
    starts_at: datetime
    due_at: datetime
    closed_at: datetime | None


class CampaignAreaCoverage(Read, frozen=True, kw_only=True):
    """Of a committee in one round. `again`: somebody went and has to go again; `troubles`: targets with trouble."""

    area_code: str
    area: str
    targets: int
    done: int
    late: int
    missed: int
    again: int
    troubles: int

    @property
    def left(self) -> int:
        return self.targets - self.done


class CoveredTarget(Read, frozen=True, kw_only=True):
    """A target in one round; `record_id`, `troubles` and `presence` are of its latest record."""

    task_id: int
    target_id: int
    label: str
    kind: str
    area_code: str
    point: LonLat
    state: CampaignTaskState
    tries: int
    done_at: datetime | None
    is_late: bool | None
    assignee: str | None
    record_id: int | None
    troubles: int
    presence: str | None


async def list_rounds(campaign_id: int) -> list[RoundView]:
    """The latest first, up to sixty."""
    return [RoundView(**row) for row in await db.fetch(_ROUNDS, campaign_id)]


async def list_areas(round_id: int, reader: Actor) -> list[CampaignAreaCoverage]:
    """By committee, within the reader's areas."""
    return [
        CampaignAreaCoverage(**row) for row in await db.fetch(sql(_BY_AREA, round_id=round_id, within=_within(reader)))
    ]


async def list_targets(
    round_id: int,
    reader: Actor,
    *,
    area_code: str = "",
    shown: CoverageFilter = CoverageFilter.ALL,
    most: int = TARGETS_MOST,
) -> list[CoveredTarget]:
    """Target by target, what was missed first; of an area where one is named, within the reader's areas."""
    within = sql(
        f"{{within}} AND {area_sql.within('t.area_code', ':area_code::text')}",
        within=_within(reader),
        area_code=area_code,
    )
    rows = await db.fetch(sql(_TARGETS, round_id=round_id, within=within, shown=_SHOWN[shown], most=most))
    found = []
    for row in rows:
        fields = dict(row)
        point = LonLat(fields.pop("lng"), fields.pop("lat"))
        found.append(msgspec.convert(fields | {"point": point}, CoveredTarget))
    return found


def _within(reader: Actor) -> Sql:
    return area_sql.within_any("t.area_code", rules.areas_read(reader), "of_reader")
