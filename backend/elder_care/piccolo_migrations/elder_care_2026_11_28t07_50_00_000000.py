"""The tables of elder care as of the first release. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Array, BigSerial, Bytea, Date, ForeignKey, OnDelete, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-28T07:50:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Lone elders and visits to them"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Place(Table, tablename="place"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class LoneElder(Table, tablename="lone_elder"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    place_id = ForeignKey(Place, null=False, default=None, **_KEEP)
    label = Varchar(length=20, null=False, default=None)
    name = Bytea(null=True, default=None)
    door = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    contacts = Bytea(null=True, default=None)
    risk = Varchar(length=6, null=False, default=None)
    way = Varchar(length=5, null=False, default=None)
    every_days = SmallInt(null=False, default=None)
    watch = Varchar(length=40, null=False, default="")
    devices = Array(base_column=Varchar(length=64), null=False, default=[])
    consent = Varchar(length=8, null=False, default=None)
    consent_on = Date(null=False, default=None)
    until = Date(null=False, default=None)
    added_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    added_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    cleared_at = Timestamptz(null=True, default=None)


class ElderVisitor(Table, tablename="elder_visitor"):
    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=True, default=None)
    assigned_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)


class ElderOpening(Table, tablename="elder_opening"):
    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)


class ElderVisit(Table, tablename="elder_visit"):
    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    due_on = Date(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    visitor_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    state = Varchar(length=6, null=False, default="due")
    escalated = SmallInt(null=False, default=0)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    ended_at = Timestamptz(null=True, default=None)


class ElderVisitRecord(Table, tablename="elder_visit_record"):
    id = BigSerial(primary_key=True)
    visit_id = ForeignKey(ElderVisit, null=False, default=None, **_KEEP)
    outcome = Varchar(length=10, null=False, default=None)
    note = Bytea(null=True, default=None)
    by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=False, default=None)


TABLES = (LoneElder, ElderVisitor, ElderOpening, ElderVisit, ElderVisitRecord)


async def forwards() -> MigrationManager:
    return tables_migration("elder_care", ID, DESCRIPTION, TABLES, Path(__file__).parent / "visits")
