"""A fact is told to a person once; the inbox is read newest first."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T01:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guards and indexes of the inbox"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE message ADD CONSTRAINT message_told_once UNIQUE (account_id, event_id);
CREATE INDEX message_unread ON message (account_id) WHERE read_at IS NULL;
CREATE INDEX message_by_event ON message (event_id);
"""

BACKWARDS = """
DROP INDEX message_unread, message_by_event;
ALTER TABLE message DROP CONSTRAINT message_told_once;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="push", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
