"""WeChat: the token that processes share, and what people have agreed to."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T12:40:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Tokens of vendors and agreements of WeChat"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class VendorTokenRow(Table, tablename="vendor_token"):
    name = Varchar(length=80, primary_key=True)
    sealed = Bytea(null=False, default=None)
    renew_at = Timestamptz(null=False, default=None)
    expires_at = Timestamptz(null=False, default=None)


class SubscribeCredit(Table, tablename="subscribe_credit"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade)
    template_id = Varchar(length=64, null=False)
    credit = Integer(null=False, default=0)
    changed_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    folder = Path(__file__).parent / "wechat"
    return tables_migration("push", ID, DESCRIPTION, (VendorTokenRow, SubscribeCredit), folder)
