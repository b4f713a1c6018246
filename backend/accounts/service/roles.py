"""Roles: who may do what, and where. Whoever loses one lets go of what it gave to do."""

from collections.abc import Sequence

from backend import db
from backend.accounts.events import RoleGranted, RoleTaken
from backend.accounts.service import leaving
from backend.accounts.structs import Grant
from backend.events import service as events


async def grant(account_id: int, held: Grant) -> None:
    """Let the account hold a role within an area; granting it twice is the same."""
    async with db.transaction():
        await _give(account_id, [held])


async def ungrant(account_id: int, held: Grant) -> bool:
    """Take a role within an area away. Returns whether it was held; tokens in hand lose it at once."""
    async with db.transaction():
        await leaving.lock(account_id)
        was_held = bool(await db.fetch(_TAKE_AWAY, account_id, [held.role.value], [held.area]))
        if was_held:
            await events.record(RoleTaken(subject_id=account_id, role=held.role.value, area=held.area))
            await leaving.record_departure(account_id)
    return was_held


async def hold_exactly(account_id: int, grants: Sequence[Grant]) -> bool:
    """These roles and no others. Returns whether one was lost. Inside a transaction that locked the account."""
    held = [one.role.value for one in grants], [one.area for one in grants]
    lost = await db.fetch(_KEEP_ONLY, account_id, *held)
    await events.record(*(RoleTaken(subject_id=account_id, role=row["role"], area=row["area_code"]) for row in lost))
    await _give(account_id, grants)
    return bool(lost)


async def _give(account_id: int, grants: Sequence[Grant]) -> None:
    given = await db.fetch(_GRANT, account_id, [one.role.value for one in grants], [one.area for one in grants])
    await events.record(*(RoleGranted(subject_id=account_id, role=row["role"], area=row["area_code"]) for row in given))


_GRANT = """
INSERT INTO role_grant (account_id, role, area_code)
SELECT $1, held.role, held.area FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS held(role, area, nr) ORDER BY nr
ON CONFLICT ON CONSTRAINT role_grant_held_once DO NOTHING RETURNING role, area_code
"""
_HELD = "(role, area_code) IN (SELECT * FROM unnest($2::text[], $3::text[]))"
_TAKE_AWAY = f"DELETE FROM role_grant WHERE account_id = $1 AND {_HELD} RETURNING id"
_KEEP_ONLY = f"DELETE FROM role_grant WHERE account_id = $1 AND NOT {_HELD} RETURNING role, area_code"
