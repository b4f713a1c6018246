"""Foreign keys and their indexes are named after their columns again, as a database made anew names them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys and indexes named after their columns"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE qr_batch RENAME CONSTRAINT qr_batch_minted_by_fkey TO qr_batch_minted_by_id_fkey;
ALTER TABLE qr_binding RENAME CONSTRAINT qr_binding_code_fkey TO qr_binding_code_id_fkey;
ALTER TABLE qr_binding RENAME CONSTRAINT qr_binding_bound_by_fkey TO qr_binding_bound_by_id_fkey;
ALTER TABLE qr_change RENAME CONSTRAINT qr_change_code_fkey TO qr_change_code_id_fkey;
ALTER TABLE qr_change RENAME CONSTRAINT qr_change_changed_by_fkey TO qr_change_changed_by_id_fkey;
ALTER TABLE qr_code RENAME CONSTRAINT qr_code_successor_fkey TO qr_code_successor_id_fkey;
ALTER TABLE qr_plate_check RENAME CONSTRAINT qr_plate_check_code_fkey TO qr_plate_check_code_id_fkey;
ALTER TABLE qr_plate_check RENAME CONSTRAINT qr_plate_check_settled_by_fkey TO qr_plate_check_settled_by_id_fkey;
ALTER INDEX qr_binding_code RENAME TO qr_binding_code_id;
ALTER INDEX qr_change_code RENAME TO qr_change_code_id;
ALTER INDEX qr_code_successor RENAME TO qr_code_successor_id;
"""

BACKWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER INDEX qr_binding_code_id RENAME TO qr_binding_code;
ALTER INDEX qr_change_code_id RENAME TO qr_change_code;
ALTER INDEX qr_code_successor_id RENAME TO qr_code_successor;
ALTER TABLE qr_batch RENAME CONSTRAINT qr_batch_minted_by_id_fkey TO qr_batch_minted_by_fkey;
ALTER TABLE qr_binding RENAME CONSTRAINT qr_binding_code_id_fkey TO qr_binding_code_fkey;
ALTER TABLE qr_binding RENAME CONSTRAINT qr_binding_bound_by_id_fkey TO qr_binding_bound_by_fkey;
ALTER TABLE qr_change RENAME CONSTRAINT qr_change_code_id_fkey TO qr_change_code_fkey;
ALTER TABLE qr_change RENAME CONSTRAINT qr_change_changed_by_id_fkey TO qr_change_changed_by_fkey;
ALTER TABLE qr_code RENAME CONSTRAINT qr_code_successor_id_fkey TO qr_code_successor_fkey;
ALTER TABLE qr_plate_check RENAME CONSTRAINT qr_plate_check_code_id_fkey TO qr_plate_check_code_fkey;
ALTER TABLE qr_plate_check RENAME CONSTRAINT qr_plate_check_settled_by_id_fkey TO qr_plate_check_settled_by_fkey;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="qr", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
