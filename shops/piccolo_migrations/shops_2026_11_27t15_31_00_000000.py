"""Grades of shops, how they changed, and by what areas count."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, Date, DoublePrecision, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:31:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Grades of shops"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class ShopGrade(Table, tablename="shop_grade"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, unique=True, **_STAYS)
    grade = Varchar(length=1, null=False, default="A")
    score = DoublePrecision(null=False, default=100)
    since = Date(null=False, default=None)
    counted_on = Date(null=False, default=None)


class GradeChange(Table, tablename="grade_change"):
    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    before = Varchar(length=1, null=False, default=None)
    after = Varchar(length=1, null=False, default=None)
    score = DoublePrecision(null=False, default=None)
    has_p0 = Boolean(null=False, default=False)
    on = Date(null=False, default=None)
    at = Timestamptz(null=False, default=None)


class GradeSetting(Table, tablename="grade_setting"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="", unique=True)
    a_from = DoublePrecision(null=False, default=90)
    b_from = DoublePrecision(null=False, default=75)
    window_days = Integer(null=False, default=30)
    first_weight = DoublePrecision(null=False, default=1)
    repeat_weight = DoublePrecision(null=False, default=1.5)
    overdue_weight = DoublePrecision(null=False, default=2)
    self_report_points = DoublePrecision(null=False, default=1)
    self_report_most = DoublePrecision(null=False, default=5)
    clean_days = Integer(null=False, default=30)
    visit_days_a = Integer(null=False, default=14)
    visit_days_b = Integer(null=False, default=7)
    visit_days_c = Integer(null=False, default=2)
    is_public = Boolean(null=False, default=False)
    changed_by_id = ForeignKey(Account, null=True, default=None, **_STAYS)
    changed_at = Timestamptz(null=False, default=None)


TABLES = (ShopGrade, GradeChange, GradeSetting,)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, TABLES, Path(__file__).parent / "grades")
