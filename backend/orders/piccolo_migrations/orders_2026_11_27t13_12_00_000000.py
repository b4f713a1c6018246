"""Check-ins and verdicts name their step without a foreign key: of steps by month there is no key across months.

What they rest on is held by the order, to which they have one, and by steps that nobody can delete.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, ForeignKey
from piccolo.table import Table

from backend import db

ID = "2026-11-27T13:12:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Check-ins and verdicts name their step without a foreign key"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE check_in DROP CONSTRAINT check_in_step_id_fkey;
ALTER TABLE order_verdict DROP CONSTRAINT order_verdict_step_id_fkey;
"""


class OrderStep(Table, tablename="order_step"):
    id = BigSerial(primary_key=True)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="orders", description=DESCRIPTION)
    manager.add_raw(_forwards)
    for name, table in (("CheckIn", "check_in"), ("OrderVerdict", "order_verdict")):
        manager.alter_column(
            table_class_name=name,
            tablename=table,
            column_name="step_id",
            params={"default": None},
            old_params={"references": OrderStep, "default": None},
            column_class=BigInt,
            old_column_class=ForeignKey,
        )
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
