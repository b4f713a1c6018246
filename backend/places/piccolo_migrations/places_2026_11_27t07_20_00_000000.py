"""Foreign keys and their indexes are named after their columns again, as a database made anew names them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys and indexes named after their columns"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE grid_cell RENAME CONSTRAINT grid_cell_area_code_fkey TO grid_cell_area_id_fkey;
ALTER TABLE place RENAME CONSTRAINT place_area_code_fkey TO place_area_id_fkey;
ALTER TABLE place RENAME CONSTRAINT place_grid_code_fkey TO place_grid_cell_id_fkey;
ALTER TABLE road RENAME CONSTRAINT road_area_code_fkey TO road_area_id_fkey;
ALTER INDEX grid_cell_area_code RENAME TO grid_cell_area_id;
ALTER INDEX place_grid_code RENAME TO place_grid_cell_id;
"""

BACKWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER INDEX grid_cell_area_id RENAME TO grid_cell_area_code;
ALTER INDEX place_grid_cell_id RENAME TO place_grid_code;
ALTER TABLE grid_cell RENAME CONSTRAINT grid_cell_area_id_fkey TO grid_cell_area_code_fkey;
ALTER TABLE place RENAME CONSTRAINT place_area_id_fkey TO place_area_code_fkey;
ALTER TABLE place RENAME CONSTRAINT place_grid_cell_id_fkey TO place_grid_code_fkey;
ALTER TABLE road RENAME CONSTRAINT road_area_id_fkey TO road_area_code_fkey;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="places", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
