"""Goods for points."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:24:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Goods for points"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class PointsEntry(Table, tablename="points_entry"):
    id = BigSerial(primary_key=True)


class RewardGoods(Table, tablename="reward_goods"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    name_zh = Varchar(length=60, null=False)
    name_en = Varchar(length=120, null=False, default="")
    points = Integer(null=False)
    stock = Integer(null=False, default=0)
    is_on = Boolean(null=False, default=True)
    added_by_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    added_at = Timestamptz(null=False, default=None)


class Exchange(Table, tablename="exchange"):
    id = BigSerial(primary_key=True)
    account_id = ForeignKey(Account, null=False, default=None, **_KEEP)
    reward_goods_id = ForeignKey(RewardGoods, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False)
    points = Integer(null=False)
    state = Varchar(length=11, null=False)
    points_entry_id = ForeignKey(PointsEntry, null=False, default=None, **_KEEP)
    idempotency_key = Varchar(length=80, null=False)
    reserved_at = Timestamptz(null=False, default=None)
    ended_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    ended_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")


TABLES = (RewardGoods, Exchange)


async def forwards() -> MigrationManager:
    return tables_migration("grab_orders", ID, DESCRIPTION, TABLES, Path(__file__).parent / "goods")
