"""Which account was joined into which: two phones of one person."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, OnDelete, Timestamptz
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T01:02:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Merges of accounts"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class AccountMerge(Table, tablename="account_merge"):
    merged_id = ForeignKey(Account, primary_key=True, null=False, default=None, on_delete=OnDelete.restrict)
    survivor_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.restrict, index=True)
    token_hash = Bytea(null=False, default=None, unique=True)
    merged_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("accounts", ID, DESCRIPTION, (AccountMerge,), Path(__file__).parent / "merges")
