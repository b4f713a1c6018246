"""How the connection to the broker of sensors goes."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, Boolean, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T05:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Connection to the broker of sensors"


class BrokerLink(Table, tablename="broker_link"):
    client_id = Varchar(length=64, primary_key=True)
    beat_at = Timestamptz(null=False, default=None)
    is_connected = Boolean(null=False, default=False)
    received_at = Timestamptz(null=True, default=None)
    messages = BigInt(null=False, default=0)
    readings = BigInt(null=False, default=0)
    unreadable = BigInt(null=False, default=0)
    refused = BigInt(null=False, default=0)
    lost_sessions = BigInt(null=False, default=0)
    dropped = BigInt(null=False, default=0)


TABLES = (BrokerLink,)


async def forwards() -> MigrationManager:
    return tables_migration("intake", ID, DESCRIPTION, TABLES, Path(__file__).parent / "broker_link")
