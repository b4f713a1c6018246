"""Mint codes ahead of binding: random, signed, and never one that exists, whatever chance says."""

import secrets
from datetime import datetime

from backend import db
from backend.geo.area_codes import is_beginning
from backend.sql import sql
from qr import codes
from qr.codes import Code, CodeKeyring, Draw
from qr.errors import BatchAreaRefused, BatchSizeRefused, KeyChanged
from qr.structs import Batch

MAX_BATCH = 200_000
_CHUNK = 10_000

_OPEN_BATCH = """
    INSERT INTO qr_batch (size, key_number, key_fingerprint, area_code, note, minted_by_id, minted_at)
    VALUES (:size, :key_number, :key_fingerprint, :area_code, :note, :minted_by, :now) RETURNING id
"""
# A word drawn twice, in this batch or ever before, is passed over; the caller draws again.
_ADD = """
    INSERT INTO qr_code (code, batch_id, status, changed_at)
    SELECT word, $2, 'unbound', $3 FROM unnest($1::varchar[]) AS word
    ON CONFLICT (code) DO NOTHING RETURNING code
"""


async def mint(
    count: int,
    *,
    keys: CodeKeyring,
    now: datetime,
    actor_id: int | None = None,
    area_code: str = "",
    note: str = "",
    draw: Draw = secrets.randbits,
) -> Batch:
    """Mint a batch of unbound codes. Raises BatchSizeRefused, BatchAreaRefused, KeyChanged."""
    if not 1 <= count <= MAX_BATCH:
        raise BatchSizeRefused(count=count)
    if not is_beginning(area_code):
        raise BatchAreaRefused(area_code=area_code)
    async with db.transaction():
        batch_id, _ = await draw_batch(count, keys, now, actor_id, area_code, note, draw)
        return Batch(id=batch_id, size=count, area_code=area_code, note=note, minted_at=now)


async def draw_batch(
    count: int, keys: CodeKeyring, now: datetime, actor_id: int | None, area_code: str, note: str, draw: Draw
) -> tuple[int, list[Code]]:
    """Open a batch and fill it. Inside the caller's transaction."""
    fingerprint = keys.fingerprint(keys.current)
    await _same_key_as_before(keys.current, fingerprint)
    batch_id = await db.fetchval(
        sql(
            _OPEN_BATCH,
            size=count,
            key_number=keys.current,
            key_fingerprint=fingerprint,
            area_code=area_code,
            note=note,
            minted_by=actor_id,
            now=now,
        )
    )
    minted: list[Code] = []
    while len(minted) < count:
        words = [codes.compose(keys, draw) for _ in range(min(_CHUNK, count - len(minted)))]
        minted += [row["code"] for row in await db.fetch(_ADD, words, batch_id, now)]
    return batch_id, minted


async def _same_key_as_before(number: int, fingerprint: str) -> None:
    """A secret changed under a number would make plates on the wall look forged: stop before the first such plate."""
    earlier = await db.fetchval(
        "SELECT key_fingerprint FROM qr_batch WHERE key_number = $1 ORDER BY id LIMIT 1", number
    )
    if earlier not in (None, fingerprint):
        raise KeyChanged(key_number=number)
