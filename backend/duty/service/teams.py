"""Teams with their people and beats, and who is named for what. Saying the same twice changes nothing."""

from collections.abc import Sequence

from backend import db
from backend.duty.structs import NamedDutyDraft, TeamDraft
from backend.sql import sql

_SET_TEAM = """
    INSERT INTO team (unit_id, code, name_zh, name_en) VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT team_code_once DO UPDATE SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en
    RETURNING id
"""
_REMOVE_MEMBERS = "DELETE FROM team_member WHERE team_id = $1 AND account_id <> ALL($2::bigint[])"
_ADD_MEMBERS = """
    INSERT INTO team_member (team_id, account_id) SELECT $1, person FROM unnest($2::bigint[]) AS person
    ON CONFLICT ON CONSTRAINT team_member_once DO NOTHING
"""
_LEAVE = "DELETE FROM team_beat WHERE team_id = $1 AND grid_cell_id <> ALL($2::text[])"
_WALK = """
    INSERT INTO team_beat (team_id, grid_cell_id) SELECT $1, cell FROM unnest($2::text[]) AS cell
    ON CONFLICT ON CONSTRAINT team_beat_once DO NOTHING
"""
_SET_NAMED = """
    INSERT INTO named_duty (unit_id, item_id, team_id, area_code, account_id, supervisor_id)
    VALUES (:unit_id, :item_code, :team_id, :area_code, :account_id, :supervisor_id)
    ON CONFLICT (unit_id, coalesce(item_id, ''), coalesce(team_id, 0), coalesce(area_code, '')) DO UPDATE
    SET account_id = EXCLUDED.account_id, supervisor_id = EXCLUDED.supervisor_id
"""


async def set_team(draft: TeamDraft) -> int:
    """Add a team, or bring the one with this code of this unit up to date. Returns its id."""
    return await db.fetchval(_SET_TEAM, draft.unit_id, draft.code, draft.name_zh, draft.name_en)


async def set_members(team_id: int, account_ids: Sequence[int]) -> None:
    """These people are the team, and nobody else."""
    async with db.transaction():
        await db.execute(_REMOVE_MEMBERS, team_id, account_ids)
        await db.execute(_ADD_MEMBERS, team_id, account_ids)


async def set_beat(team_id: int, grid_codes: Sequence[str]) -> None:
    """These grid cells are the team's beat, and no other."""
    async with db.transaction():
        await db.execute(_LEAVE, team_id, grid_codes)
        await db.execute(_WALK, team_id, grid_codes)


async def set_named_duty(draft: NamedDutyDraft) -> None:
    """Name a person for an item, or for all, within a beat or an area; who was named before is so no longer."""
    await db.execute(
        sql(
            _SET_NAMED,
            unit_id=draft.unit_id,
            item_code=draft.item_code,
            team_id=draft.team_id,
            area_code=draft.area_code,
            account_id=draft.account_id,
            supervisor_id=draft.supervisor_id,
        )
    )
