"""Policies and to whom they were sent."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import Array, BigSerial, Date, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend.schema.first import tables_migration

ID = "2026-11-27T15:33:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Policies for shops"
_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class RegisteredShop(Table, tablename="shop"):
    id = BigSerial(primary_key=True)


class Policy(Table, tablename="policy"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    title = Varchar(length=100, null=False, default=None)
    body = Text(null=False, default=None)
    starts_on = Date(null=False, default=None)
    ends_on = Date(null=True, default=None)
    trades = Array(base_column=Varchar(length=1), null=False, default=list)
    grades = Array(base_column=Varchar(length=1), null=False, default=list)
    size_from_m2 = Integer(null=True, default=None)
    size_until_m2 = Integer(null=True, default=None)
    state = Varchar(length=9, null=False, default="draft")
    made_by_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    made_at = Timestamptz(null=False, default=None)
    sent_at = Timestamptz(null=True, default=None)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class PolicyQuestion(Table, tablename="policy_question"):
    id = BigSerial(primary_key=True)
    policy_id = ForeignKey(Policy, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    client_key = Varchar(length=80, null=False, default=None)
    order_id = ForeignKey(Order, null=False, default=None, **_STAYS)


class PolicyRecipient(Table, tablename="policy_recipient"):
    id = BigSerial(primary_key=True)
    policy_id = ForeignKey(Policy, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(RegisteredShop, null=False, default=None, **_STAYS)
    account_id = ForeignKey(Account, null=False, default=None, **_STAYS)
    sent_at = Timestamptz(null=False, default=None)
    read_at = Timestamptz(null=True, default=None)
    applied_at = Timestamptz(null=True, default=None)


async def forwards() -> MigrationManager:
    return tables_migration("shops", ID, DESCRIPTION, (Policy, PolicyQuestion, PolicyRecipient), Path(__file__).parent / "policies")
