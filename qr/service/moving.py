"""When doors change under their plates: places merge or split, a shop gets a new owner.

Plates stay where they hang. What changes is the place they stand for, and the history says from when and why.
"""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.sql import sql
from qr.codes import Code
from qr.errors import CodeNotLive
from qr.service import registry

_CODES_OF = "SELECT code FROM qr_code WHERE place_id = $1 ORDER BY code FOR UPDATE"
_END = f"UPDATE qr_binding SET {registry.ENDED} WHERE code_id = ANY(:codes::varchar[]) AND ended_at IS NULL"
# The anchor stays: the plate has not moved.
_STAND_FOR = """
    WITH standing AS (
        UPDATE qr_code SET place_id = :place_id, changed_at = :now WHERE code = ANY(:codes::varchar[]) RETURNING code
    )
    INSERT INTO qr_binding (code_id, place_id, reason, bound_at, bound_by_id)
    SELECT code, :place_id, :reason, :now, :bound_by FROM standing
"""


async def merge(from_place: int, into_place: int, *, actor: Actor | None, now: datetime) -> list[Code]:
    """Let every plate of one place stand for another; older plates that lead to them follow by themselves."""
    async with db.transaction():
        await registry.get_workplace(from_place, actor, Permission.MINT_CODES)
        await registry.get_workplace(into_place, actor, Permission.MINT_CODES)
        if from_place == into_place:
            return []
        standing = [row["code"] for row in await db.fetch(_CODES_OF, from_place)]
        await _stand_for(standing, into_place, "merge", actor, now)
        return standing


async def split(from_place: int, into_place: int, moved: Sequence[Code], *, actor: Actor | None, now: datetime) -> None:
    """Let some plates of a place stand for a part that became a place of its own; the others stay.

    Raises CodeNotLive when one does not hang there.
    """
    async with db.transaction():
        await registry.get_workplace(from_place, actor, Permission.MINT_CODES)
        await registry.get_workplace(into_place, actor, Permission.MINT_CODES)
        standing = {row["code"] for row in await db.fetch(_CODES_OF, from_place)}
        if astray := [code for code in moved if code not in standing]:
            raise CodeNotLive(codes=astray)
        await _stand_for(moved, into_place, "split", actor, now)


async def transfer(place_id: int, *, actor: Actor | None, now: datetime) -> list[Code]:
    """A shop has a new owner: same wall, same plates, but what was before is not held against the new one."""
    async with db.transaction():
        await registry.get_workplace(place_id, actor, Permission.MINT_CODES)
        standing = [row["code"] for row in await db.fetch(_CODES_OF, place_id)]
        await _stand_for(standing, place_id, "transfer", actor, now)
        return standing


async def _stand_for(standing: Sequence[Code], place_id: int, reason: str, actor: Actor | None, now: datetime) -> None:
    await db.execute(sql(_END, codes=standing, now=now, reason=reason))
    await db.execute(
        sql(
            _STAND_FOR,
            codes=standing,
            place_id=place_id,
            now=now,
            reason=reason,
            bound_by=actor.account_id if actor else None,
        )
    )
