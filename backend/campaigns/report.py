"""What came of a campaign, for its closing report: round by round, by committee, and by what was found."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.campaigns import rules
from backend.geo import area_sql
from backend.orders.model.states import OPEN, quoted
from backend.sql import Sql, sql
from backend.structs import Read

_ROUNDS = """
    SELECT r.number, r.starts_at, r.due_at, count(t.id) AS tasks, count(*) FILTER (WHERE t.state = 'done') AS done,
        count(*) FILTER (WHERE t.state = 'done' AND t.done_at > r.due_at) AS late,
        count(*) FILTER (WHERE t.state = 'missed') AS missed
    FROM campaign_round r JOIN campaign_task t ON t.round_id = r.id
    WHERE r.campaign_id = :campaign_id AND {within} GROUP BY r.id ORDER BY r.number DESC
"""
_AREAS = """
    SELECT t.area_code, coalesce(area.name, t.area_code) AS area, count(DISTINCT t.target_id) AS targets,
        count(*) AS tasks, count(*) FILTER (WHERE t.state = 'done') AS done,
        count(*) FILTER (WHERE t.state = 'missed') AS missed
    FROM campaign_task t LEFT JOIN area ON area.code = t.area_code
    WHERE t.campaign_id = :campaign_id AND {within} GROUP BY t.area_code, area.name ORDER BY t.area_code
"""
_TROUBLES = f"""
    SELECT f.field, count(*) AS found, count(*) FILTER (WHERE f.is_new AND f.order_id IS NOT NULL) AS opened,
        count(*) FILTER (WHERE f.is_new AND o.state IN ({quoted(OPEN)})) AS still_open,
        count(*) FILTER (WHERE f.order_id IS NULL) AS without_order
    FROM campaign_order f JOIN campaign_target t ON t.id = f.target_id LEFT JOIN work_order o ON o.id = f.order_id
    WHERE f.campaign_id = :campaign_id AND {{within}} GROUP BY f.field ORDER BY found DESC, f.field
"""


class ReportedRound(Read, frozen=True, kw_only=True):
    number: int
    starts_at: datetime
    due_at: datetime
    tasks: int
    done: int
    late: int
    missed: int


class ReportedArea(Read, frozen=True, kw_only=True):
    area_code: str
    area: str
    targets: int
    tasks: int
    done: int
    missed: int


class ReportedTrouble(Read, frozen=True, kw_only=True):
    """Of a field: how often trouble was found, and what became of it."""

    field: str
    found: int
    opened: int
    still_open: int
    without_order: int


async def list_rounds(campaign_id: int, reader: Actor) -> list[ReportedRound]:
    """Within the reader's areas, as all of this; the latest first."""
    return [ReportedRound(**row) for row in await db.fetch(_of_reader(_ROUNDS, campaign_id, reader))]


async def list_areas(campaign_id: int, reader: Actor) -> list[ReportedArea]:
    return [ReportedArea(**row) for row in await db.fetch(_of_reader(_AREAS, campaign_id, reader))]


async def list_troubles(campaign_id: int, reader: Actor) -> list[ReportedTrouble]:
    """The most frequent first."""
    return [ReportedTrouble(**row) for row in await db.fetch(_of_reader(_TROUBLES, campaign_id, reader))]


def _of_reader(statement: str, campaign_id: int, reader: Actor) -> Sql:
    within = area_sql.within_any("t.area_code", rules.areas_read(reader), "of_reader")
    return sql(statement, campaign_id=campaign_id, within=within)
