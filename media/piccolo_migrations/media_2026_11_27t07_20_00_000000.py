"""Foreign keys and their indexes are named after their columns again, as a database made anew names them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T07:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Keys and indexes named after their columns"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE photo RENAME CONSTRAINT photo_owner_fkey TO photo_owner_id_fkey;
ALTER TABLE photo_act RENAME CONSTRAINT photo_act_photo_fkey TO photo_act_photo_id_fkey;
ALTER TABLE photo_act RENAME CONSTRAINT photo_act_account_fkey TO photo_act_account_id_fkey;
ALTER TABLE photo_attachment RENAME CONSTRAINT photo_attachment_photo_fkey TO photo_attachment_photo_id_fkey;
ALTER TABLE photo_match RENAME CONSTRAINT photo_match_photo_fkey TO photo_match_photo_id_fkey;
ALTER TABLE photo_match RENAME CONSTRAINT photo_match_earlier_fkey TO photo_match_earlier_id_fkey;
ALTER TABLE photo_upload RENAME CONSTRAINT photo_upload_owner_fkey TO photo_upload_owner_id_fkey;
ALTER INDEX photo_act_photo RENAME TO photo_act_photo_id;
ALTER INDEX photo_match_earlier RENAME TO photo_match_earlier_id;
ALTER INDEX photo_upload_owner RENAME TO photo_upload_owner_id;
"""

BACKWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER INDEX photo_act_photo_id RENAME TO photo_act_photo;
ALTER INDEX photo_match_earlier_id RENAME TO photo_match_earlier;
ALTER INDEX photo_upload_owner_id RENAME TO photo_upload_owner;
ALTER TABLE photo RENAME CONSTRAINT photo_owner_id_fkey TO photo_owner_fkey;
ALTER TABLE photo_act RENAME CONSTRAINT photo_act_photo_id_fkey TO photo_act_photo_fkey;
ALTER TABLE photo_act RENAME CONSTRAINT photo_act_account_id_fkey TO photo_act_account_fkey;
ALTER TABLE photo_attachment RENAME CONSTRAINT photo_attachment_photo_id_fkey TO photo_attachment_photo_fkey;
ALTER TABLE photo_match RENAME CONSTRAINT photo_match_photo_id_fkey TO photo_match_photo_fkey;
ALTER TABLE photo_match RENAME CONSTRAINT photo_match_earlier_id_fkey TO photo_match_earlier_fkey;
ALTER TABLE photo_upload RENAME CONSTRAINT photo_upload_owner_id_fkey TO photo_upload_owner_fkey;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.add_raw_backwards(_backwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)


async def _backwards() -> None:
    await db.execute(BACKWARDS)
