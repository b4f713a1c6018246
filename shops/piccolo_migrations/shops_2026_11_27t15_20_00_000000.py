"""Check lists, inspections, findings and their moves."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, OnDelete, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Inspections of shops"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class Checklist(Table, tablename="checklist"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    department = Varchar(length=20, null=False, default=None)
    code = Varchar(length=40, null=False, default=None)
    version = Integer(null=False, default=1)
    name_zh = Varchar(length=80, null=False, default=None)
    name_en = Varchar(length=120, null=False, default=None)
    is_open = Boolean(null=False, default=True)
    made_at = Timestamptz(null=False, default=None)


class ChecklistPoint(Table, tablename="checklist_point"):
    id = BigSerial(primary_key=True)
    checklist_id = ForeignKey(Checklist, null=False, default=None, **_STAYS)
    number = SmallInt(null=False, default=None)
    words_zh = Varchar(length=200, null=False, default=None)
    words_en = Varchar(length=300, null=False, default=None)
    legal_basis = Varchar(length=300, null=False, default=None)
    points = SmallInt(null=False, default=None)
    is_p0 = Boolean(null=False, default=False)
    fix_within_h = Integer(null=False, default=None)


class Inspection(Table, tablename="inspection"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    checklist_id = ForeignKey(Checklist, null=False, default=None, **_STAYS)
    inspector_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    client_key = Varchar(length=80, null=False, default=None)
    key_print = Varchar(length=64, null=False, default=None)
    score = SmallInt(null=False, default=None)
    note = Text(null=False, default="")
    captured_at = Timestamptz(null=True, default=None)
    received_at = Timestamptz(null=False, default=None)


class InspectionFinding(Table, tablename="inspection_finding"):
    id = BigSerial(primary_key=True)
    inspection_id = ForeignKey(Inspection, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    point_id = ForeignKey(ChecklistPoint, null=False, default=None, **_STAYS)
    note = Text(null=False, default="")
    points = SmallInt(null=False, default=None)
    is_p0 = Boolean(null=False, default=False)
    found_at = Timestamptz(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    state = Varchar(length=8, null=False, default="open")
    fixed_at = Timestamptz(null=True, default=None)
    repeat_of_id = ForeignKey("self", null=True, default=None, **_STAYS)
    escalated = SmallInt(null=False, default=0)
    version = Integer(null=False, default=1)


class FindingStep(Table, tablename="finding_step"):
    id = BigSerial(primary_key=True)
    finding_id = ForeignKey(InspectionFinding, null=False, default=None, **_STAYS)
    move = Varchar(length=8, null=False, default=None)
    from_state = Varchar(length=8, null=True, default=None)
    to_state = Varchar(length=8, null=False, default=None)
    actor_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    at = Timestamptz(null=False, default=None)
    captured_at = Timestamptz(null=True, default=None)
    note = Text(null=False, default="")
    due_at = Timestamptz(null=True, default=None)
    client_key = Varchar(length=80, null=True, default=None)


TABLES = (Checklist, ChecklistPoint, Inspection, InspectionFinding, FindingStep,)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, TABLES, Path(__file__).parent / "inspections")
