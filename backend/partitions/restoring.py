"""Archived rows come back into their table, where everybody reads them again until they are archived once more."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import asyncpg

from backend.errors import NotFound
from backend.partitions import files
from backend.structs import Read

_DAY_S = 86400.0
_ABOUT = "SELECT name, table_name FROM archived_part WHERE sha256 = $1"
_RESTORED = "UPDATE archived_part SET restored_at = $2 WHERE name = $1"
_STAGE = "archived_rows"


class NotArchivedHere(NotFound):
    """The file is not one that this database was archived into."""

    code = "archive-unknown"


class Restored(Read, frozen=True, kw_only=True):
    """`rows`: how many came back; those that had stayed are not counted."""

    table_name: str
    rows: int


async def restore(connection: asyncpg.Connection, file: Path, now: datetime) -> Restored:
    """Put the rows of a file back. Safe to repeat. Raises NotArchivedHere, FileDamaged."""
    names = _columns(file)
    about = await connection.fetchrow(_ABOUT, files.checksum_of(file))
    if about is None:
        raise NotArchivedHere
    table = about["table_name"]
    async with connection.transaction():
        await connection.execute(f"CREATE TEMP TABLE {_STAGE} (LIKE {table}) ON COMMIT DROP")
        await connection.copy_to_table(
            _STAGE, source=_rows(file), columns=names, format="csv", header=True, timeout=_DAY_S
        )
        listed = ", ".join(names)
        status = await connection.execute(
            f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {_STAGE} ON CONFLICT DO NOTHING", timeout=_DAY_S
        )
        await connection.execute(_RESTORED, about["name"], now)
    return Restored(table_name=table, rows=int(status.split()[-1]))


def _columns(file: Path) -> list[str]:
    """The names in the first line. Raises FileDamaged."""
    first = next(files.read(file), b"").split(b"\n", 1)[0]
    return first.decode().strip().split(",")


async def _rows(file: Path) -> AsyncIterator[bytes]:
    for chunk in files.read(file):
        yield chunk
