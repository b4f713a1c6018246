"""Lists of orders have an index for each way to them: ended ones by area and unit, a handler's by their opening.

No statement sorted open orders by the deadline alone any more, and a handler's orders are listed by the opening.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from backend import db

ID = "2026-11-27T12:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Indexes of the lists of orders"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
CREATE INDEX work_order_ended_by_area ON work_order (area_code varchar_pattern_ops)
    WHERE state IN ('closed', 'cancelled', 'merged');
CREATE INDEX work_order_ended_by_unit ON work_order (unit_id) WHERE state IN ('closed', 'cancelled', 'merged');
CREATE INDEX work_order_of_handler ON work_order (handler_id, opened_at, id) WHERE handler_id IS NOT NULL;
DROP INDEX work_order_by_handler;
DROP INDEX work_order_open_by_time;
"""


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
