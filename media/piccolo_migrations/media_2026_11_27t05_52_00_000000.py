"""Indexes of the keys of photos' hashes, and of the photos that have none yet; built without stopping writers."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T05:52:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of the keys of photos' hashes"

_BUILD_TIMEOUT_S = 3600.0
_INDEXES = {
    "photo_hash_keys": "USING gin (hash_keys)",
    "photo_without_hashes": "(created_at) WHERE hashes = '{}'",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A build that was cut off leaves an invalid index behind: start from nothing."""
    async with db.connection() as connection:
        for name, index in _INDEXES.items():
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
            await connection.execute(f"CREATE INDEX CONCURRENTLY {name} ON photo {index}", timeout=_BUILD_TIMEOUT_S)


async def _backwards() -> None:
    async with db.connection() as connection:
        for name in _INDEXES:
            await connection.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", timeout=_BUILD_TIMEOUT_S)
