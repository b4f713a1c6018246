"""The ledgers of hours and points."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigInt, BigSerial, Date, ForeignKey, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:22:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Ledgers of hours and points"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class HoursEntry(Table, tablename="hours_entry"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False)
    kind = Varchar(length=9, null=False)
    refers_to_id = ForeignKey("self", null=True, default=None, **_KEEP)
    source = Varchar(length=6, null=False)
    source_id = BigInt(null=False, default=None)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    number = Varchar(length=24, null=False, default="")
    item_code = Varchar(length=12, null=False, default="")
    title_zh = Text(null=False)
    title_en = Text(null=False)
    on_date = Date(null=False, default=None)
    started_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=False, default=None)
    minutes = Integer(null=False, default=0)
    counted = Integer(null=False, default=0)
    promised = Integer(null=False, default=0)
    day_most = Integer(null=True, default=None)
    reason = Text(null=False, default="")
    acted_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    entered_at = Timestamptz(null=False, default=None)


class PointsEntry(Table, tablename="points_entry"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False)
    kind = Varchar(length=8, null=False)
    outcome = Varchar(length=10, null=False)
    points = Integer(null=False, default=0)
    full_points = Integer(null=False, default=0)
    day_most = Integer(null=True, default=None)
    refers_to_id = ForeignKey("self", null=True, default=None, **_KEEP)
    order_id = ForeignKey(Order, null=True, default=None, **_KEEP)
    number = Varchar(length=24, null=False, default="")
    item_code = Varchar(length=12, null=False, default="")
    title_zh = Text(null=False)
    title_en = Text(null=False)
    place_key = Varchar(length=32, null=False, default="")
    partner_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    on_date = Date(null=False, default=None)
    round = SmallInt(null=False, default=1)
    closed_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")
    acted_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    entered_at = Timestamptz(null=False, default=None)


class RewardPolicy(Table, tablename="reward_policy"):

    area_code = Varchar(length=12, primary_key=True)
    hours_day_most = Integer(null=False, default=480)
    points_day_most = Integer(null=False, default=60)
    points_report = Integer(null=False, default=2)
    ranked_from = Integer(null=False, default=5)
    set_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    set_at = Timestamptz(null=False, default=None)


TABLES = (HoursEntry, PointsEntry, RewardPolicy)


async def forwards() -> MigrationManager:
    return tables_migration("grab_orders", ID, DESCRIPTION, TABLES, Path(__file__).parent / "ledgers")
