"""Hang a code on a door. The row lock on the code decides between two people who bind it at once."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from qr.codes import Code, CodeKeyring, Draw
from qr.errors import CodeNotLive, CodeTaken
from qr.service import minting, registry
from qr.structs import LIVE, PlateSighting, Status

# The nth code goes to the nth place; a place that is not there is refused by the join's row count.
_HANG_ALL = """
    WITH pair AS (
        SELECT word, place_id FROM unnest($1::varchar[], $2::bigint[]) AS given (word, place_id)
    ), hung AS (
        UPDATE qr_code c SET status = 'active', place_id = pair.place_id, anchor = p.loc, changed_at = $3
          FROM pair JOIN place p ON p.id = pair.place_id
         WHERE c.code = pair.word
        RETURNING c.code, c.place_id
    )
    INSERT INTO qr_binding (code_id, place_id, reason, bound_at, bound_by_id)
    SELECT code, place_id, 'bind', $3, $4 FROM hung
"""


async def bind(
    code: Code, place_id: int, *, actor: Actor | None, now: datetime, seen: PlateSighting | None = None
) -> None:
    """Bind an unbound code to a place; binding it there again changes nothing.

    Raises CodeUnknown, CodeTaken, CodeNotLive, PlaceNotFound, OutsideYourArea.
    """
    async with db.transaction():
        held = await registry.lock(code)
        at = await registry.get_workplace(place_id, actor)
        if held.status in LIVE and held.place_id == place_id:
            return
        if held.status in LIVE:
            raise CodeTaken(code=held.code, place_id=held.place_id)
        if held.status is not Status.UNBOUND:
            raise CodeNotLive(code=held.code, status=held.status)
        await registry.attach(held.code, at, "bind", actor=actor, now=now, seen=seen)


async def mint_bound(
    place_ids: Sequence[int],
    *,
    keys: CodeKeyring,
    now: datetime,
    actor_id: int | None = None,
    note: str = "",
    draw: Draw = secrets.randbits,
) -> dict[int, Code]:
    """Mint one code for each place and bind it at once, set by set. Returns the code of each place id."""
    if not place_ids:
        return {}
    async with db.transaction():
        _, minted = await minting.draw_batch(len(place_ids), keys, now, actor_id, "", note, draw)
        await db.execute(_HANG_ALL, minted, list(place_ids), now, actor_id)
        return dict(zip(place_ids, minted, strict=True))
