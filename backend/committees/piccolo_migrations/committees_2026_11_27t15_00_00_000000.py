"""The duty lists of committees, the town's dictionary of tasks, and requests to change a list."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Duty lists and their changes"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class TaskTemplate(Table, tablename="task_template"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=9, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    kind = Varchar(length=16, null=False, default=None)
    name_zh = Varchar(length=60, null=False, default=None)
    name_en = Varchar(length=120, null=False, default=None)
    item_id = ForeignKey(Item, null=True, default=None, on_delete=OnDelete.restrict)
    default_rrule = Varchar(length=200, null=False, default=None)
    expected_min = Integer(null=False, default=30)
    is_open = Boolean(null=False, default=True)
    set_by_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    set_at = Timestamptz(null=False, default=None)


class DutyChange(Table, tablename="duty_change"):
    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = ForeignKey(TaskTemplate, null=False, default=None, on_delete=OnDelete.restrict)
    kind = Varchar(length=10, null=False, default=None)
    base_version = Integer(null=False, default=0)
    rrule = Varchar(length=200, null=False, default=None)
    starts_on = Date(null=False, default=None)
    valid_from = Date(null=False, default=None)
    reason = Text(null=False, default=None)
    state = Varchar(length=9, null=False, default="open")
    requested_by_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.restrict)
    requested_at = Timestamptz(null=False, default=None)
    idempotency_key = Varchar(length=80, null=True, default=None)
    key_print = Varchar(length=32, null=True, default=None)
    decided_by_id = ForeignKey(Account, null=True, default=None, on_delete=OnDelete.restrict)
    decided_at = Timestamptz(null=True, default=None)
    refusal = Text(null=False, default="")


class DutyEntry(Table, tablename="duty_entry"):
    id = BigSerial(primary_key=True)
    committee_code = Varchar(length=12, null=False, default=None)
    template_id = ForeignKey(TaskTemplate, null=False, default=None, on_delete=OnDelete.restrict)
    version = Integer(null=False, default=None)
    rrule = Varchar(length=200, null=False, default=None)
    starts_on = Date(null=False, default=None)
    zone = Varchar(length=40, null=False, default="Asia/Shanghai")
    is_on = Boolean(null=False, default=True)
    valid_from = Date(null=False, default=None)
    change_id = ForeignKey(DutyChange, null=True, default=None, unique=True, on_delete=OnDelete.restrict)
    decided_by_id = ForeignKey(Account, null=False, default=None, on_delete=OnDelete.restrict)
    decided_at = Timestamptz(null=False, default=None)


TABLES = (TaskTemplate, DutyChange, DutyEntry)


async def forwards() -> MigrationManager:
    return tables_migration("committees", ID, DESCRIPTION, TABLES, Path(__file__).parent / "first")
