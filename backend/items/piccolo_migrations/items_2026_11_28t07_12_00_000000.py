"""An item may end with an answer: no photos, nobody on the spot."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T07:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Items that end with an answer"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE item DROP CONSTRAINT item_verify_known;
ALTER TABLE item ADD CONSTRAINT item_verify_known
    CHECK (verify_mode IN ('photo_auto', 'inspector_check', 'two_person_check', 'merchant_confirm', 'answered'));
ALTER TABLE item ADD CONSTRAINT item_answered_from_a_desk
    CHECK (verify_mode <> 'answered' OR NOT checkin_required AND before_photos_min = 0 AND after_photos_min = 0);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="items", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
