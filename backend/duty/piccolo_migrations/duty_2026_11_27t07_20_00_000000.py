"""Foreign keys and their indexes are named after their columns again, as a database made anew names them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys and indexes named after their columns"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE named_duty RENAME CONSTRAINT named_duty_item_code_fkey TO named_duty_item_id_fkey;
ALTER TABLE team_beat RENAME CONSTRAINT team_beat_grid_code_fkey TO team_beat_grid_cell_id_fkey;
"""

BACKWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE named_duty RENAME CONSTRAINT named_duty_item_id_fkey TO named_duty_item_code_fkey;
ALTER TABLE team_beat RENAME CONSTRAINT team_beat_grid_cell_id_fkey TO team_beat_grid_code_fkey;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="duty", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
