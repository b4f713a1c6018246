"""The tables of items as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Array, BigSerial, Boolean, ForeignKey, Integer, OnDelete, Text, Varchar
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-27T08:45:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The schema of the first release"


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)
    category_code = Varchar(length=4)
    category_zh = Varchar(length=40)
    category_en = Varchar(length=80)
    item_code = Varchar(length=6)
    item_zh = Varchar(length=40)
    item_en = Varchar(length=80)
    name_zh = Varchar(length=60)
    name_en = Varchar(length=120)
    std_ref = Varchar(length=120)
    reporter_roles = Array(base_column=Varchar(length=20))
    handler_unit_type = Varchar(length=40)
    dispatch_mode = Varchar(length=12)
    clock = Varchar(length=10)
    respond_min = Integer()
    resolve_min = Integer()
    arrive_min = Integer(default=None, null=True)
    safe_min = Integer(default=None, null=True)
    verify_min = Integer(default=None, null=True)
    report_photos_min = Integer()
    before_photos_min = Integer()
    after_photos_min = Integer()
    checkin_required = Boolean()
    checkin_radius_m = Integer()
    verify_mode = Varchar(length=24)
    priority = Varchar(length=2)
    grade_points = Integer()
    resolve_basis = Text()
    note = Text()
    is_open = Boolean(default=True)


class ResponsibilityRule(Table, tablename="responsibility_rule"):
    id = BigSerial(primary_key=True)
    item_id = ForeignKey(Item, on_delete=OnDelete.cascade)
    unit_type = Varchar(length=40, default=None, null=True)
    area_code = Varchar(length=12)
    unit_id = ForeignKey(OrgUnit, on_delete=OnDelete.restrict, null=False)


TABLES = (Item, ResponsibilityRule)


async def forwards() -> MigrationManager:
    return first_migration("items", ID, TABLES, Path(__file__).parent / "first")
