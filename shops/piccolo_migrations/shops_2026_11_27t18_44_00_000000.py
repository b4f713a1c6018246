"""The slots of some days, whichever kind, and the questions about a policy: what overviews of the street count."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T18:44:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Slots by day, and questions by policy"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX pickup_slot_by_start ON pickup_slot (starts_at);
CREATE INDEX policy_question_by_policy ON policy_question (policy_id);
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="shops", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
