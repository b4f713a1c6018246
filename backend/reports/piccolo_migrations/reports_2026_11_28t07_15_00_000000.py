"""What is shown to whoever scans beside it: no question of anybody's, no alarm from a home; a lift's only at the lift."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:15:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Questions and alarms from homes are nobody else's to see"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
INSERT INTO duplicate_rule (prefix, radius_m, window_min, closed_min) VALUES
    ('F', 0, 0, 0),
    ('E1', 0, 0, 0),
    ('B501', 0, 240, 60)
ON CONFLICT (prefix) DO NOTHING;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
