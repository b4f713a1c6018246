"""Places that are somebody's own: what is done or reported there earns them nothing."""

from collections.abc import Collection
from datetime import datetime

from backend import db

_NOTE = """
    INSERT INTO own_place (account_id, place_id, noted_at) SELECT $1, place_id, $3 FROM unnest($2::bigint[]) AS place_id
    ON CONFLICT ON CONSTRAINT own_place_once DO NOTHING
"""
_DROP_OTHERS = """
    DELETE FROM own_place WHERE account_id = $1 AND origin = 'register' AND place_id <> ALL($2::bigint[])
"""
_ADD = """
    INSERT INTO own_place (account_id, place_id, noted_at, origin)
    SELECT $1, place_id, $3, 'register' FROM unnest($2::bigint[]) AS place_id
    ON CONFLICT ON CONSTRAINT own_place_once DO NOTHING
"""
_HAS_OWN = "SELECT account_id, place_id FROM own_place WHERE account_id = ANY($1::bigint[])"


async def note(account_id: int, place_ids: Collection[int], now: datetime) -> None:
    """Somebody says that places are their own. Twice is the same."""
    await db.execute(_NOTE, account_id, sorted(place_ids), now)


async def set_registered(account_id: int, place_ids: Collection[int], now: datetime) -> None:
    """By the register these places are somebody's own, and no others; what they said themselves stays. Repeatable."""
    async with db.transaction():
        await db.execute(_DROP_OTHERS, account_id, list(place_ids))
        await db.execute(_ADD, account_id, sorted(place_ids), now)


async def list_all(account_ids: Collection[int]) -> set[tuple[int, int]]:
    """Account and place of everything that is these people's own."""
    return {(row["account_id"], row["place_id"]) for row in await db.fetch(_HAS_OWN, list(account_ids))}
