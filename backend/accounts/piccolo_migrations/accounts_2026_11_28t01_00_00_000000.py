"""Links that serve once, and sessions that were given to a web-view by another one."""

from pathlib import Path

from piccolo.columns import UUID, Bytea, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-28T01:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Links of sessions"


class Session(Table, tablename="session"):
    id = UUID(primary_key=True)


class SessionLink(Table, tablename="session_link"):
    token_hash = Bytea(primary_key=True)
    purpose = Varchar(length=8, null=False)
    session_id = ForeignKey(Session, null=False, default=None, on_delete=OnDelete.cascade, index=True)
    made_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)


async def forwards() -> FirstMigration:
    folder = Path(__file__).parent / "links"
    manager = tables_migration("accounts", ID, DESCRIPTION, (SessionLink,), folder)
    manager.add_column(
        table_class_name="Session",
        tablename="session",
        column_name="given_by_id",
        column_class=UUID,
        params={"default": None, "null": True},
    )
    return manager
