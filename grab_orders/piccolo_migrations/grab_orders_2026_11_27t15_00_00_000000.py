"""Offers, takes and grabbers as they began. Frozen: what changes later is a migration of its own."""

from pathlib import Path

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from backend.geo.columns import Geography
from backend.schema.first import tables_migration

ID = "2026-11-27T15:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Offers, and who takes them"


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Item(Table, tablename="item"):
    code = Varchar(length=8, primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class Offer(Table, tablename="offer"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, on_delete=OnDelete.restrict, null=False, unique=True)
    order_version = Integer(null=False, default=0)
    state = Varchar(length=5, null=False, default="open")
    end_reason = Varchar(length=12, null=False, default="")
    round = SmallInt(null=False, default=1)
    first_round = SmallInt(null=False, default=1)
    number = Varchar(length=24, null=False)
    item_id = ForeignKey(Item, on_delete=OnDelete.restrict, null=False)
    priority = Varchar(length=2, null=False)
    area_code = Varchar(length=12, null=False)
    block_label = Varchar(length=120, null=False, default="")
    block_loc = Geography("POINT", null=False)
    reporter_ids = Array(base_column=BigInt(), null=False, default=list)
    needed = SmallInt(null=False, default=1)
    taken = SmallInt(null=False, default=0)
    points = SmallInt(null=False, default=0)
    skill = Varchar(length=20, null=False, default="")
    is_adults_only = Boolean(null=False, default=False)
    respond_by = Timestamptz(null=False, default=None)
    opens_at = Timestamptz(null=False, default=None)
    closes_at = Timestamptz(null=False, default=None)
    version = Integer(null=False, default=1)


class Take(Table, tablename="take"):
    id = BigSerial(primary_key=True)
    offer_id = ForeignKey(Offer, on_delete=OnDelete.restrict, null=False)
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    round = SmallInt(null=False, default=1)
    seat = SmallInt(null=False, default=1)
    is_lead = Boolean(null=False, default=True)
    state = Varchar(length=10, null=False, default="held")
    taken_at = Timestamptz(null=False, default=None)
    lease_until = Timestamptz(null=False, default=None)
    arrived_at = Timestamptz(null=True, default=None)
    finished_at = Timestamptz(null=True, default=None)
    ended_at = Timestamptz(null=True, default=None)
    end_reason = Varchar(length=12, null=False, default="")
    note = Varchar(length=500, null=False, default="")
    idempotency_key = Varchar(length=80, null=True, default=None)


class Grabber(Table, tablename="grabber"):
    account_id = ForeignKey(Account, on_delete=OnDelete.restrict, null=False, primary_key=True)
    cools_until = Timestamptz(null=True, default=None)
    given_back_on = Date(null=True, default=None)
    given_back = SmallInt(null=False, default=0)
    no_shows = SmallInt(null=False, default=0)
    no_show_at = Timestamptz(null=True, default=None)


class ItemRequirement(Table, tablename="item_requirement"):
    item_prefix = Varchar(length=8, primary_key=True)
    skill = Varchar(length=20, null=False, default="")
    is_adults_only = Boolean(null=False, default=False)
    points = SmallInt(null=True, default=None)


TABLES = (Offer, Take, Grabber, ItemRequirement)


async def forwards():
    return tables_migration("grab_orders", ID, DESCRIPTION, TABLES, Path(__file__).parent / "first")
