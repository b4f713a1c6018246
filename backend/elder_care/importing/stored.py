"""Elders as the register has them, held against lines of a file: what is sealed is compared and shown to nobody."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.duty.loading.lines import Wrong
from backend.duty.loading.register_files import LineChange
from backend.elder_care import register, sealing
from backend.elder_care.importing.lines import SaidElder
from backend.elder_care.structs import ElderDraft, PersonalData
from backend.privacy.seals import Seal
from backend.sql import sql

_DRAFT = ElderDraft.__struct_fields__
_FIND = f"""
    SELECT e.id, e.area_code, e.place_id, e.ended_at, {", ".join(f"e.{name}" for name in (*_DRAFT, *sealing.COLUMNS))},
        ARRAY(SELECT v.account_id FROM elder_visitor v WHERE v.elder_id = e.id AND v.until IS NULL) AS visitors
    FROM lone_elder e WHERE e.area_code = ANY(:areas::text[]) AND e.label = ANY(:labels::text[])
"""
_WRITE = f"UPDATE lone_elder SET {', '.join(f'{name} = :{name}' for name in sealing.COLUMNS)} WHERE id = :elder_id"


class StoredElder(NamedTuple):
    """`visitors`: who visits now."""

    id: int
    place_id: int
    ended_at: datetime | None
    draft: ElderDraft
    data: PersonalData
    visitors: frozenset[int]

    def change_by(self, place_id: int, said: SaidElder, visitor_id: int | None) -> LineChange:
        """Raises Wrong where the number is somebody else's, or of another house."""
        if self.ended_at is not None:
            raise Wrong("elder-line-ended")
        if self.data.name != said.data.name:
            raise Wrong("elder-line-other-person")
        if self.place_id != place_id:
            raise Wrong("elder-line-elsewhere")
        is_same = (self.draft, self.data) == (said.draft, said.data)
        is_visited = visitor_id is None or visitor_id in self.visitors
        return LineChange.UNCHANGED if is_same and is_visited else LineChange.CHANGED


async def find(areas: Sequence[str], labels: Sequence[str], seal: Seal) -> dict[tuple[str, str], StoredElder]:
    """By committee and number. Raises SealBroken."""
    rows = await db.fetch(sql(_FIND, areas=list(areas), labels=list(labels)))
    return {(row["area_code"], row["label"]): _stored(row, seal) for row in rows}


async def write(elder_id: int, draft: ElderDraft, data: PersonalData, seal: Seal) -> None:
    """What was checked over what stood there. Within a transaction."""
    await register.write(elder_id, draft)
    await db.execute(sql(_WRITE, elder_id=elder_id, **sealing.close(data, elder_id, seal)))


def _stored(row: asyncpg.Record, seal: Seal) -> StoredElder:
    draft = msgspec.convert({name: row[name] for name in _DRAFT}, ElderDraft)
    data = sealing.open_data(row, row["id"], seal)
    return StoredElder(row["id"], row["place_id"], row["ended_at"], draft, data, frozenset(row["visitors"]))
