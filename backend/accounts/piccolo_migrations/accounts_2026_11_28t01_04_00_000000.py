"""Who wants to be joined by a link, until the giver of the link agrees."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T01:04:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Requests to be joined"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class SessionLink(Table, tablename="session_link"):
    token_hash = Bytea(primary_key=True)


class MergeRequest(Table, tablename="merge_request"):
    id = BigSerial(primary_key=True)
    session_link_id = ForeignKey(SessionLink, null=False, default=None, on_delete=OnDelete.cascade)
    account_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.cascade, index=True)
    number = Varchar(length=6, null=False)
    requested_at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("accounts", ID, DESCRIPTION, (MergeRequest,), Path(__file__).parent / "merge_requests")
