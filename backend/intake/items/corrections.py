"""What dispatchers decide is kept to learn from: sealed, without numbers of persons, and for a term.

Owns ItemCorrection.
"""

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec

from backend import db
from backend.intake.items.masking import mask
from backend.intake.items.structs import Case, Correction
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.privacy.seals import Seal
from backend.sql import sql

_PAGE = 500
_SET = """
    INSERT INTO item_correction
        (source, source_number, suggested, probability, item_id, decided_by_id, decided_at)
    VALUES (:source, :source_number, :suggested, :probability, :item_code, :by_id, :now)
    ON CONFLICT (source, source_number) DO UPDATE SET
        suggested = EXCLUDED.suggested, probability = EXCLUDED.probability, item_id = EXCLUDED.item_id,
        decided_by_id = EXCLUDED.decided_by_id, decided_at = EXCLUDED.decided_at
    RETURNING id
"""
_SEAL = "UPDATE item_correction SET words = $2 WHERE id = $1"
_FORGET = "UPDATE item_correction SET words = NULL WHERE words IS NOT NULL AND decided_at < $1 RETURNING id"
_LEARN = """
    SELECT id, words, item_id FROM item_correction WHERE id > $1 AND words IS NOT NULL ORDER BY id LIMIT $2
"""


async def correct(correction: Correction, by_id: int, seal: Seal, now: datetime) -> None:
    """Keep what was decided on a case; decided once more, the last word stands. Raises ItemUnknown."""
    if correction.item_code not in await items.list_codes():
        raise ItemUnknown(correction.item_code)
    given = msgspec.structs.asdict(correction)
    words = msgspec.json.encode((mask(given.pop("title")), mask(given.pop("text")))).decode()
    async with db.transaction():
        row_id = await db.fetchval(sql(_SET, by_id=by_id, now=now, **given))
        await db.execute(_SEAL, row_id, seal.close(words, _about(row_id)))


async def forget(before: datetime) -> int:
    """Erase the words of what was decided before an instant. Returns of how many."""
    return len(await db.fetch(_FORGET, before))


async def list_cases(seal: Seal) -> AsyncIterator[Case]:
    """Every correction whose words are still kept, as a text to learn from. Raises SealBroken."""
    last = 0
    while rows := await db.fetch(_LEARN, last, _PAGE):
        for row in rows:
            title, text = msgspec.json.decode(seal.open(row["words"], _about(row["id"])), type=tuple[str, str])
            yield Case(title=title, text=text, label=row["item_id"])
        last = rows[-1]["id"]


def _about(row_id: int) -> str:
    return f"item_correction.words:{row_id}"
