"""Nobody applies by an account that goes on as another one."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T01:08:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Nothing new for merged accounts"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
CREATE TRIGGER volunteer_of_standing_account AFTER INSERT ON volunteer
    FOR EACH ROW EXECUTE FUNCTION refuse_merged_account('account_id');
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="grab_orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
