"""Index and vacuum of what waits for delivery: rows live for a moment, so the planner's figures of it mean nothing."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T10:05:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of facts that wait for delivery"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX event_pending_urgent ON event_pending (event_id) WHERE is_urgent;
ALTER TABLE event_pending SET (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_threshold = 1000000
);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="events", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
