"""Reads of what is archived."""

from datetime import datetime

from backend import db
from backend.structs import Read

_LIST = """
    SELECT name, table_name, until_at, row_count, first_id, last_id, file, sha256, archived_at, dropped_at, restored_at
    FROM archived_part ORDER BY table_name, until_at, name
"""
_IS_ARCHIVED = """
    SELECT EXISTS (SELECT FROM archived_part WHERE table_name = $1 AND last_id > $2 AND restored_at IS NULL)
"""


class Archived(Read, frozen=True, kw_only=True):
    """A part that was taken out. `until_at`: no row in it arrived at or after this instant."""

    name: str
    table_name: str
    until_at: datetime
    row_count: int
    first_id: int
    last_id: int
    file: str
    sha256: str
    archived_at: datetime
    dropped_at: datetime | None
    restored_at: datetime | None


async def list_archived() -> list[Archived]:
    """Everything that was ever taken out, by table and time."""
    return [Archived(**row) for row in await db.fetch(_LIST)]


async def is_archived_after(table: str, row_id: int) -> bool:
    """Whether rows with larger ids were taken out of a table and not put back."""
    return await db.fetchval(_IS_ARCHIVED, table, row_id)
