"""Who goes: whether somebody has a task to do, as SQL, and everybody who has one, for notices.

A target that is assigned to a person is that person's alone; any other one is for all who go in its area. A person who
is named goes as long as they hold a role in the town or around it: `rules.works_in_town`.
"""

from collections.abc import Collection, Iterable

import asyncpg

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.campaigns import queries
from backend.campaigns.structs import Assignee
from backend.geo.area_codes import TOWN_CHARS
from backend.sql import Sql, sql

# Of `t`, a task. A grant counts where its role goes and its area and that of the assignment lie around the task.
_WORKS = f"""EXISTS (
    SELECT FROM unnest(:goer_areas::text[]) own (area) WHERE starts_with(t.area_code, left(own.area, {TOWN_CHARS})))"""
_GOES = f"""(
    t.assignee_id = :goer_id AND {_WORKS} OR t.assignee_id IS NULL AND EXISTS (
        SELECT FROM campaign_assignee a WHERE a.campaign_id = t.campaign_id AND starts_with(t.area_code, a.area_code)
          AND (a.account_id = :goer_id AND {_WORKS} OR a.unit_id = :goer_unit_id AND EXISTS (
                SELECT FROM unnest(:goer_unit_areas::text[]) own (area) WHERE starts_with(t.area_code, own.area))
            OR EXISTS (
                SELECT FROM unnest(:goer_roles::text[], :goer_areas::text[]) g (role, area)
                WHERE g.role = a.role AND starts_with(t.area_code, g.area)))
    )
)"""
_PLACES = """
    SELECT DISTINCT t.area_code, t.assignee_id FROM campaign_target t
    WHERE t.campaign_id = $1 AND t.removed_at IS NULL AND t.area_code IS NOT NULL
"""
_LEFT = """
    SELECT DISTINCT t.area_code, t.assignee_id FROM campaign_task t WHERE t.round_id = $1 AND t.state = 'open'
"""


def goes(actor: Actor) -> Sql:
    """SQL of whether a task `t` is for this person to do."""
    grants = [grant for grant in actor.grants if grant.area]
    return sql(
        _GOES,
        goer_id=actor.account_id,
        goer_unit_id=actor.unit_id,
        goer_unit_areas=actor.areas_of(Role.HANDLER),
        goer_roles=[grant.role.value for grant in grants],
        goer_areas=[grant.area for grant in grants],
    )


async def list_goers(campaign_id: int) -> set[int]:
    """Everybody who goes to some target of a campaign."""
    return await _people(campaign_id, _pairs(await db.fetch(_PLACES, campaign_id)))


async def list_late(campaign_id: int, round_id: int) -> set[int]:
    """Everybody who has something left to do in a round."""
    return await _people(campaign_id, _pairs(await db.fetch(_LEFT, round_id)))


def _pairs(rows: Iterable[asyncpg.Record]) -> list[tuple[str, int | None]]:
    return [(row["area_code"], row["assignee_id"]) for row in rows]


async def _people(campaign_id: int, tasks: Collection[tuple[str, int | None]]) -> set[int]:
    assignees = await queries.list_assignees(campaign_id)
    found = {person for _, person in tasks if person is not None}
    areas = {area for area, person in tasks if person is None}
    return found | await _of_roles(assignees, areas) | await _of_units(assignees, areas) | _named(assignees, areas)


async def _of_roles(assignees: Iterable[Assignee], areas: Collection[str]) -> set[int]:
    pairs = {(each.role, area) for each in assignees if each.role for area in areas if area.startswith(each.area_code)}
    return {person for people in (await accounts.list_holders(pairs)).values() for person in people}


async def _of_units(assignees: Iterable[Assignee], areas: Collection[str]) -> set[int]:
    pairs = {
        (each.unit_id, area) for each in assignees if each.unit_id for area in areas if area.startswith(each.area_code)
    }
    return {person for people in (await accounts.list_handlers_of(pairs)).values() for person in people}


def _named(assignees: Iterable[Assignee], areas: Collection[str]) -> set[int]:
    return {
        each.account_id
        for each in assignees
        if each.account_id is not None and any(area.startswith(each.area_code) for area in areas)
    }
