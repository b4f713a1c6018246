"""Guard of the outlines of places: the rows that are there, looked at while others go on writing."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:43:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guard of the outlines of places hold for old rows too"

CHECKS = ("place_outline_is_sound",)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    """A step of its own: in the one that adds a check its lock would stand until every row was read."""
    await db.execute("SET LOCAL lock_timeout = '5s'; SET LOCAL statement_timeout = '300s'")
    for name in CHECKS:
        await db.execute(f"ALTER TABLE place VALIDATE CONSTRAINT {name}")


async def _backwards() -> None:
    """A check that holds may stay so."""
