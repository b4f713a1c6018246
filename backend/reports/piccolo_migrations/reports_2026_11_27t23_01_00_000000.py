"""The numbers that reporters leave to be called back, sealed, and who opened them."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Bytea, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T23:01:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Numbers to call reporters back"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Report(Table, tablename="report"):
    id = BigSerial(primary_key=True)


class CallBackNumber(Table, tablename="call_back_number"):
    id = BigSerial(primary_key=True)
    report_id = ForeignKey(Report, null=False, default=None, **_STAYS)
    number = Bytea(null=True, default=None)
    consent = Varchar(length=16, null=True, default=None)
    answered_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    end_reason = Varchar(length=12, null=True, default=None)


class CallBackOpening(Table, tablename="call_back_opening"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_STAYS)
    number_id = ForeignKey(CallBackNumber, null=True, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    opened_at = Timestamptz(null=False, default=None)


TABLES = (CallBackNumber, CallBackOpening)


async def forwards() -> MigrationManager:
    return tables_migration("reports", ID, DESCRIPTION, TABLES, Path(__file__).parent / "call_back_numbers")
