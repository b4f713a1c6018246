"""Outlines of places: valid, of bearable size."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-25T03:41:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Guard of the outlines of places"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE place ADD CONSTRAINT place_outline_is_sound
    CHECK (NOT ST_IsEmpty(outline) AND ST_NPoints(outline) <= 10000 AND ST_IsValid(outline)) NOT VALID;
"""

BACKWARDS = "ALTER TABLE place DROP CONSTRAINT place_outline_is_sound"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
