"""Two phones of one person may have reported one order: joined into one account, both reports stay."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-28T01:46:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Reports of two phones of one person"

# A person reports an order once; what came with another phone of theirs stands beside it, see reports/reporters.py.
FORWARDS = """
SET LOCAL lock_timeout = '5s';
DROP INDEX report_once_a_person;
CREATE UNIQUE INDEX report_once_a_person ON report (
    order_id, reporter_id, (CASE WHEN starts_with(client_id, 'merged:') THEN id ELSE 0 END));
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="reports", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
