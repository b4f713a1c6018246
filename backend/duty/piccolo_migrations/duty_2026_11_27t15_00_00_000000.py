"""Who waits for orders to grab."""

from pathlib import Path

from piccolo.columns import Array, BigSerial, ForeignKey, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import FirstMigration, tables_migration

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Who is on call"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OnCall(Table, tablename="on_call"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, unique=True, on_delete=OnDelete.cascade)
    area_code = Varchar(length=12, null=False, default=None)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=False, default=None)
    skills = Array(base_column=Text(), null=False, default=[])


async def forwards() -> FirstMigration:
    return tables_migration("duty", ID, DESCRIPTION, (OnCall,), Path(__file__).parent / "on_call")
