"""Who somebody is elsewhere: a WeChat openid, a WeCom userid. By it they sign in there and are reached there."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T12:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Identities at other systems"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class ExternalIdentity(Table, tablename="external_identity"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    vendor = Varchar(length=8, null=False)
    subject = Varchar(length=128, null=False)
    linked_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "identities"
    return tables_migration("accounts", ID, DESCRIPTION, (ExternalIdentity,), folder)
