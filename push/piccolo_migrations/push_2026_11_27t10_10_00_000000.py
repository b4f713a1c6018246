"""A message names its fact without a foreign key: it would be checked for each message, and no fact with messages goes.

The index was for the key's cascade alone. Facts that are pruned have no messages.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, ForeignKey
from piccolo.table import Table

from backend import db

ID = "2026-11-27T10:10:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Messages name their fact without a foreign key"

FORWARDS = """
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '60s';
ALTER TABLE message DROP CONSTRAINT message_event_id_fkey;
DROP INDEX message_by_event;
"""


class EventLog(Table, tablename="event_log"):
    id = BigSerial(primary_key=True)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="push", description=DESCRIPTION)
    manager.add_raw(_forwards)
    manager.alter_column(
        table_class_name="Message",
        tablename="message",
        column_name="event_id",
        params={"default": None},
        old_params={"references": EventLog, "default": None},
        column_class=BigInt,
        old_column_class=ForeignKey,
    )
    return manager


async def _forwards() -> None:
    await db.execute(FORWARDS)
