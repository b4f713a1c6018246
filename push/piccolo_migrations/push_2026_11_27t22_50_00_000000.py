"""Messages that something later has made old news, and the index of what is unread without them."""

from pathlib import Path

from piccolo.columns import Timestamptz

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-27T22:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Superseded messages"


async def forwards() -> FirstMigration:
    manager = tables_migration("push", ID, DESCRIPTION, (), Path(__file__).parent / "superseded")
    manager.add_column(
        table_class_name="Message",
        tablename="message",
        column_name="superseded_at",
        column_class=Timestamptz,
        params={"default": None, "null": True},
    )
    return manager
