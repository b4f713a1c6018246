"""Three calls in vain end a call-back: `unreachable`."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T23:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Three calls in vain end a call-back"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';

UPDATE follow_up SET unreached_count = 1 WHERE result = 'unreached';

-- What a call-back can end with.
ALTER TABLE follow_up DROP CONSTRAINT follow_up_result_known;
ALTER TABLE follow_up ADD CONSTRAINT follow_up_result_known
    CHECK (result IN ('satisfied', 'unsatisfied', 'unreached', 'refused', 'unreachable'));

-- Three calls in vain end it, and nothing else does so.
ALTER TABLE follow_up ADD CONSTRAINT follow_up_unreached_thrice
    CHECK (unreached_count BETWEEN 0 AND 3 AND (unreached_count = 3) = (coalesce(result, '') = 'unreachable'));

-- Call-backs that are over, by time.
DROP INDEX follow_up_called;
CREATE INDEX follow_up_called ON follow_up (called_at, id)
    WHERE result IN ('satisfied', 'unsatisfied', 'refused', 'unreachable');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
