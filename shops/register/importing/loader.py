"""Batches of shops into the database, each in one transaction that may be repeated."""

from collections.abc import Sequence
from enum import StrEnum

import asyncpg
import msgspec
from msgspec import convert

from backend import db
from backend.places.importing.reasons import RowReason
from shops.register.importing import merging
from shops.register.importing.merging import COLUMNS, StoredShop
from shops.register.importing.options import ShopImport
from shops.register.importing.placing import Placed, place_rows
from shops.register.importing.reasons import ShopRowReason
from shops.register.importing.rows import ShopRow
from shops.register.structs import LicenceWarning

BATCH = 1_000
Refused = tuple[int, StrEnum, str]
"""Line, reason, detail."""
Standing = tuple[int, ShopRow, Placed]
"""A line with its row, and the place where its shop stands."""
# Nobody registers or claims a shop while a batch is written: less than a second.
_ALONE = "LOCK TABLE shop IN SHARE ROW EXCLUSIVE MODE"
_THERE = f"""
SELECT {", ".join(COLUMNS)} FROM shop
WHERE ended_at IS NULL AND (place_id = ANY($1::bigint[]) OR dataset = $2 AND source_key = ANY($3::text[]))"""
_IDS = "SELECT nextval(pg_get_serial_sequence('shop', 'id')) AS id FROM generate_series(1, $1::int)"
_CREATE_STAGING = f"""
CREATE TEMP TABLE incoming_shop ON COMMIT DROP AS SELECT {", ".join(COLUMNS)} FROM shop WITH NO DATA"""
_STORE = f"""
WITH changed AS (
    SELECT incoming_shop.id, incoming_shop.state FROM incoming_shop LEFT JOIN shop ON shop.id = incoming_shop.id
    WHERE shop.state IS DISTINCT FROM incoming_shop.state
), stored AS (
    INSERT INTO shop ({", ".join(COLUMNS)}, created_at, updated_at)
    SELECT {", ".join(COLUMNS)}, $1, $1 FROM incoming_shop ORDER BY id
    ON CONFLICT (id) DO UPDATE SET updated_at = $1,
        {", ".join(f"{column} = excluded.{column}" for column in COLUMNS if column not in ("id", "place_id"))}
)
INSERT INTO shop_state_change (shop_id, state, changed_at) SELECT id, state, $1 FROM changed"""


class ShopBatch(msgspec.Struct, frozen=True):
    """What became of a batch. `warned`: the odd credit codes in it."""

    new: int
    changed: int
    unchanged: int
    refused: list[Refused]
    warned: list[LicenceWarning]


class ShopLoader:
    """Stores the batches of one import, and remembers which line had a place first."""

    def __init__(self, options: ShopImport) -> None:
        self._options = options
        self._taken: dict[int, int] = {}
        self._refused: list[Refused] = []

    async def load(self, batch: Sequence[tuple[int, ShopRow]]) -> ShopBatch:
        """Store a batch of lines and rows."""
        self._refused = []
        placed = await place_rows([row for _, row in batch], self._options.places, self._options.within)
        lines = [(line, row, place) for (line, row), place in zip(batch, placed, strict=True)]
        standing = [each for each in lines if self._is_free(*each)]
        async with db.transaction(), db.connection() as connection:
            await connection.execute(_ALONE)
            there = await self._find(connection, standing)
            after = await self._merge(connection, standing, there)
            before = {each.id: each for each in there}
            await self._store(connection, [each for each in after if before.get(each.id) != each])
        new = sum(each.id not in before for each in after)
        unchanged = sum(before.get(each.id) == each for each in after)
        warned = [LicenceWarning(each.uscc_warning) for each in after if each.uscc_warning]
        return ShopBatch(new, len(after) - new - unchanged, unchanged, self._refused, warned)

    def _is_free(self, line: int, row: ShopRow, place: Placed) -> bool:
        if place.refused:
            self._refused.append((line, place.refused, place.detail or row.address))
            return False
        first = self._taken.setdefault(place.place_id, line)
        if first != line:
            self._refused.append((line, RowReason.DUPLICATE, str(first)))
        return first == line

    async def _find(self, connection: asyncpg.Connection, standing: Sequence[Standing]) -> list[StoredShop]:
        place_ids = [place.place_id for _, _, place in standing]
        keys = [row.key for _, row, _ in standing if row.key]
        rows = await connection.fetch(_THERE, place_ids, self._options.dataset, keys)
        return [convert(dict(row), StoredShop) for row in rows]

    async def _merge(
        self, connection: asyncpg.Connection, standing: Sequence[Standing], there: Sequence[StoredShop]
    ) -> list[StoredShop]:
        """The shops of these rows as they are to be, without those that are refused."""
        at_place = {each.place_id: each for each in there}
        by_key = {each.source_key: each for each in there if each.dataset == self._options.dataset}
        missing = sum(place.place_id not in at_place for _, _, place in standing)
        ids = iter([row["id"] for row in await connection.fetch(_IDS, missing)])
        after: list[StoredShop] = []
        for line, row, place in standing:
            before = at_place.get(place.place_id)
            why = merging.why_not(row, place, before, by_key.get(row.key) if row.key else None)
            if why is not None:
                self._refused.append((line, why, row.key if why is ShopRowReason.KEY_ELSEWHERE else row.uscc or ""))
                continue
            known = before or StoredShop(id=next(ids), place_id=place.place_id, name=row.name)
            after.append(merging.merged(row, place, known, self._options.dataset, self._options.seal))
            by_key[row.key] = after[-1]
        return after

    async def _store(self, connection: asyncpg.Connection, shops: Sequence[StoredShop]) -> None:
        if not shops:
            return
        await connection.execute(_CREATE_STAGING)
        records = [msgspec.structs.astuple(each) for each in shops]
        await connection.copy_records_to_table("incoming_shop", columns=COLUMNS, records=records)
        await connection.execute(_STORE, self._options.now)
