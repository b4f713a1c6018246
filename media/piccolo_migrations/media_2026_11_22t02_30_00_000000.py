"""One index that holds all hashes, so that looking for likes reads nothing else."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-22T02:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Index of the perceptual hashes"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
DROP INDEX photo_by_phash;
CREATE INDEX photo_by_hashes ON photo (phash) INCLUDE (phash_inner, phash_core, id);
"""

BACKWARDS = """
DROP INDEX photo_by_hashes;
CREATE INDEX photo_by_phash ON photo (phash) INCLUDE (id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
