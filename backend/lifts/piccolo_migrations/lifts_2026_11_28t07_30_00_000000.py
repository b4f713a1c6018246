"""The tables of lifts as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, Date, ForeignKey, OnDelete, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The register of lifts"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Lift(Table, tablename="lift"):
    id = BigSerial(primary_key=True)
    place_id = ForeignKey(Place, null=False, default=None, unique=True, **_KEEP)
    lift_no = Varchar(length=40, null=False, default=None, unique=True)
    label = Varchar(length=100, null=False, default="")
    maintenance_unit_id = ForeignKey(OrgUnit, null=False, default=None, **_KEEP)
    property_unit_id = ForeignKey(OrgUnit, null=True, default=None, **_KEEP)
    phone = Varchar(length=30, null=False, default="")
    inspect_by = Date(null=False, default=None)
    maintained_on = Date(null=False, default=None)
    maintain_days = SmallInt(null=False, default=15)
    is_in_use = Boolean(null=False, default=True)
    notified_on = Date(null=True, default=None)
    overdue_order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    updated_at = Timestamptz(null=False, default=None)


class LiftChange(Table, tablename="lift_change"):
    id = BigSerial(primary_key=True)
    lift_id = ForeignKey(Lift, null=False, default=None, **_KEEP)
    field = Varchar(length=20, null=False, default=None)
    before = Varchar(length=100, null=False, default="")
    after = Varchar(length=100, null=False, default="")
    by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("lifts", ID, DESCRIPTION, (Lift, LiftChange), Path(__file__).parent / "lifts")
