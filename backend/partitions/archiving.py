"""Old months go out of a table into files, while it is read and written; whatever breaks off goes on when repeated.

A month is written to a file first, then taken out in an instant. Then the file, read back from the disk, is held
against the table, in which nobody writes any more. Only after that it may be dropped.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import asyncpg

from backend.errors import Conflict
from backend.partitions import files
from backend.partitions.catalogue import Part, PartitionedTable, find_free_name, list_loose, list_parts
from backend.partitions.locking import Work, alone, drop, one_at_a_time
from backend.partitions.making import attach, detach, make_part
from backend.partitions.months import Month, month_of
from backend.sql import sql
from backend.structs import Read

LEAST_MONTHS = 7
"""So many whole months stay: longer than anything in the log has a term by law, and than any order can be reopened."""
_DAY_S = 86400.0
_KEEP = "INSERT INTO {into} SELECT stored.* FROM {table} stored WHERE stored.{arrived} < :before AND {{retained}}"
_IS_DUE = "SELECT EXISTS (SELECT FROM {table} stored WHERE stored.{arrived} < :before AND NOT {{retained}})"
_ENDS = "SELECT count(*) AS row_count, min(id) AS first_id, max(id) AS last_id, max({arrived}) AS latest_at FROM {name}"
_WRITE_DOWN = """
    INSERT INTO archived_part (name, table_name, until_at, row_count, first_id, last_id, file, sha256, archived_at)
    VALUES (:name, :table_name, :until_at, :row_count, :first_id, :last_id, :file, :sha256, :now)
"""
_DROPPED = "UPDATE archived_part SET dropped_at = $2 WHERE name = $1"
_STANDING = "SELECT name, file FROM archived_part WHERE table_name = $1 AND dropped_at IS NULL"


class TooRecent(Conflict):
    """Months that are still needed are not archived. `latest`: the first month that must stay."""

    code = "archive-too-recent"

    def __init__(self, latest: Month) -> None:
        super().__init__(values={"month": str(latest)}, latest=str(latest))


class ArchiveDiffers(RuntimeError):
    """The file is not what the table says; the table stays."""


class Taken(Read, frozen=True, kw_only=True):
    """What became of one part."""

    name: str
    rows: int
    file: str
    is_dropped: bool


class Archiving:
    """Archives one table into a folder. `drops`: whether what is safely in its file leaves the database."""

    def __init__(
        self, connection: asyncpg.Connection, table: PartitionedTable, folder: Path, now: datetime, *, drops: bool
    ) -> None:
        self._connection, self._table, self._folder, self._now = connection, table, folder, now
        self._drops = drops

    async def run(self, before: Month) -> list[Taken]:
        """Take out everything that arrived before a month. Raises TooRecent, TableBusy, ArchiveDiffers, OSError."""
        latest = month_of(self._now).plus(-LEAST_MONTHS)
        if before > latest:
            raise TooRecent(latest)
        async with one_at_a_time(self._connection):
            return await self._run(before)

    async def _run(self, before: Month) -> list[Taken]:
        parts = await self._list_due(before)
        for part in parts:
            await self._write(part.name)
        if parts:
            await self._take_out(parts, before)
        taken = [await self._settle(name) for name in await list_loose(self._connection, self._table.name)]
        if self._drops:
            await self._drop_standing({each.name for each in taken})
        return [each for each in taken if each.rows]

    async def _list_due(self, before: Month) -> list[Part]:
        """The parts of nothing but what arrived before a month; none where all that they have is still needed."""
        parts = await list_parts(self._connection, self._table.name)
        old = [part for part in parts if part.until is not None and part.until <= before]
        if len(old) == 1 and old[0].from_at is None and old[0].until == before:
            due, values = self._filled(_IS_DUE, before, table=old[0].name)
            return old if await self._connection.fetchval(due, *values, timeout=_DAY_S) else []
        return old

    def _filled(self, text: str, before: Month, **names: str) -> tuple[str, Sequence[object]]:
        named = text.format(arrived=self._table.arrived, **names)
        return sql(named, before=before.begins_at, retained=self._table.retained).bound()

    async def _take_out(self, parts: Sequence[Part], before: Month) -> None:
        """In place of these parts stands one with the rows that are still needed. It is filled before anybody waits."""
        table = self._table.name
        name = await find_free_name(self._connection, f"{table}_before_{before.suffix}")
        retained = f"{table}_retained"
        if await self._connection.fetchval("SELECT to_regclass($1) IS NOT NULL", retained):
            await drop(self._connection, retained)
        await make_part(self._connection, table, retained)
        keep, values = self._filled(_KEEP, before, into=retained, table=table)
        await self._connection.execute(keep, *values, timeout=_DAY_S)

        async def put_in_place() -> None:
            for part in parts:
                await detach(self._connection, table, part.name)
            await self._connection.execute(f"ALTER TABLE {retained} RENAME TO {name}")
            await attach(self._connection, table, name, None, before.begins_at)

        await alone(self._connection, table, put_in_place, [part.name for part in parts])

    async def _settle(self, name: str) -> Taken:
        """Hold a part that was taken out against its file, and write down where it is."""
        ends = await self._connection.fetchrow(_ENDS.format(arrived=self._table.arrived, name=name), timeout=_DAY_S)
        assert ends is not None
        if not ends["row_count"]:
            await drop(self._connection, name)
            return Taken(name=name, rows=0, file="", is_dropped=True)
        path = self._path(name)
        if not await self._agrees(name, path):
            await self._write(name)
            if not await self._agrees(name, path):
                raise ArchiveDiffers(path.name)
        text, values = sql(
            _WRITE_DOWN,
            name=name,
            table_name=self._table.name,
            until_at=month_of(ends["latest_at"]).plus(1).begins_at,
            row_count=ends["row_count"],
            first_id=ends["first_id"],
            last_id=ends["last_id"],
            file=str(path),
            sha256=files.checksum_of(path),
            now=self._now,
        ).bound()
        await self._connection.execute(text, *values)
        return Taken(name=name, rows=ends["row_count"], file=str(path), is_dropped=self._drops)

    async def _drop_standing(self, verified: set[str]) -> None:
        """Drop what was taken out, now or earlier, and is in its file. Raises ArchiveDiffers where it is not."""
        for row in await self._connection.fetch(_STANDING, self._table.name):
            if row["name"] not in verified and not await self._agrees(row["name"], Path(row["file"])):
                raise ArchiveDiffers(row["file"])
            await drop(self._connection, row["name"], self._dropped(row["name"]))

    def _dropped(self, name: str) -> Work:
        async def write_down() -> None:
            await self._connection.execute(_DROPPED, name, self._now)

        return write_down

    async def _agrees(self, name: str, path: Path) -> bool:
        """Whether the file, read back from the disk, says what the table does."""
        try:
            return files.digest_of(path) == await self._digest(name)
        except files.FileDamaged:
            return False

    async def _write(self, name: str) -> None:
        writer = files.Writer(self._path(name))
        try:
            await self._copy(name, writer.write)
            writer.finish()
        except BaseException:
            writer.abandon()
            raise

    async def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        await self._copy(name, digest.update)
        return digest.hexdigest()

    async def _copy(self, name: str, take: Callable[[bytes], object]) -> None:
        async def output(rows: bytes) -> None:
            take(rows)

        rows = f"SELECT * FROM {name} ORDER BY id"
        await self._connection.copy_from_query(rows, output=output, format="csv", header=True, timeout=_DAY_S)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.csv.gz"
