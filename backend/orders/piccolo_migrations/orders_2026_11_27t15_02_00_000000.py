"""The rows of before keep what is said of offers: read without stopping anybody who writes."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T15:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "What is said of offers holds of all rows"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_state_known;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_taken_has_handler;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_offered_is_open;
ALTER TABLE work_order VALIDATE CONSTRAINT work_order_grabbed_is_accepted;
ALTER TABLE order_step VALIDATE CONSTRAINT order_step_states_known;
"""
_HOUR_S = 3600.0


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION, wrap_in_transaction=False)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    async with db.connection() as connection:
        await connection.execute(FORWARDS, timeout=_HOUR_S)
