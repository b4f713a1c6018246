"""A photo that has hashes of its parts is found by them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:51:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Check of the keys of a photo's hashes"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '300s';
ALTER TABLE photo ADD CONSTRAINT photo_hashes_have_keys CHECK ((hashes = '{}') = (hash_keys = '{}')) NOT VALID;
ALTER TABLE photo VALIDATE CONSTRAINT photo_hashes_have_keys;
"""

BACKWARDS = "ALTER TABLE photo DROP CONSTRAINT photo_hashes_have_keys;"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)

    async def run() -> None:
        await db.execute(FORWARDS)

    async def run_backwards() -> None:
        await db.execute(BACKWARDS)

    manager.add_raw(run)
    manager.add_raw_backwards(run_backwards)
    return manager
