"""No photo comes from an account that goes on as another one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T01:06:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Nothing new for merged accounts"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
CREATE TRIGGER photo_of_standing_account AFTER INSERT ON photo
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('owner_id');
CREATE TRIGGER photo_upload_of_standing_account AFTER INSERT ON photo_upload
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('owner_id');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="media", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
