"""Lists and requests are found by the beginning of the committee's code, as every reader's areas are said.

Town and template alone are asked for by nobody; what a committee has of a task is found by the key of versions.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T16:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of duty lists and requests by area"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX duty_entry_by_area ON duty_entry (committee_code varchar_pattern_ops, template_id, version);
CREATE INDEX duty_change_by_area ON duty_change (committee_code varchar_pattern_ops, requested_at);
DROP INDEX duty_entry_by_town, duty_entry_by_template, duty_change_by_town, duty_change_by_committee;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="committees", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
