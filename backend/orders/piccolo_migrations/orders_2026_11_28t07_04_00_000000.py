"""Ended orders around a point: other systems ask for them by position. Open ones have an index of their own."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Ended orders around a point"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

CREATE INDEX work_order_ended_around ON work_order USING gist (loc) WHERE state IN ('closed', 'cancelled', 'merged');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
