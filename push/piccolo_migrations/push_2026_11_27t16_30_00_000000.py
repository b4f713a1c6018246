"""Volunteers are called to what they may grab: by which ways."""

from pathlib import Path

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-27T16:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Routes to volunteers"


async def forwards() -> FirstMigration:
    return tables_migration("push", ID, DESCRIPTION, (), Path(__file__).parent / "volunteers")
