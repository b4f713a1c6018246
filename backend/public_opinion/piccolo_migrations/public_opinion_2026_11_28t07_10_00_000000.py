"""The schema of public opinion: words, counts by area and week, matters and warnings."""

from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import first_migration

ID = "2026-11-28T07:10:00:000000"
VERSION = "1.38.0"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


class OpinionWord(Table, tablename="opinion_word"):
    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    word = Varchar(length=20, null=False)
    is_place = Boolean(null=False)
    is_dropped = Boolean(null=False, default=False)
    found_at = Timestamptz(null=False, default=None)


class OpinionText(Table, tablename="opinion_text"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    town_code = Varchar(length=9, null=False)
    area_code = Varchar(length=12, null=False)
    day = Date(null=False, default=None)
    week = Date(null=False, default=None)
    reporter = BigInt(null=False, default=None)
    word_ids = Array(base_column=BigInt(), null=False, default=[])


class PendingOpinion(Table, tablename="opinion_pending"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)


class OpinionCount(Table, tablename="opinion_count"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    week = Date(null=False, default=None)
    word_id = ForeignKey(OpinionWord, null=False, default=None, **_KEEP)
    orders = Integer(null=False)
    reporters = Integer(null=False)


class OpinionTotal(Table, tablename="opinion_total"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    week = Date(null=False, default=None)
    orders = Integer(null=False)
    reporters = Integer(null=False)


class EmergingMatter(Table, tablename="emerging_matter"):
    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    area_code = Varchar(length=12, null=False)
    word_ids = Array(base_column=BigInt(), null=False, default=[])
    first_on = Date(null=False, default=None)
    last_on = Date(null=False, default=None)
    orders = Integer(null=False)
    reporters = Integer(null=False)
    expected = DoublePrecision(null=False)
    surprise = DoublePrecision(null=False)
    false_discovery = DoublePrecision(null=False)
    warned_at = Timestamptz(null=True, default=None)
    threshold = DoublePrecision(null=True, default=None)
    verdict = Varchar(length=11, null=True, default=None)
    judged_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    judged_at = Timestamptz(null=True, default=None)


class OpinionTown(Table, tablename="opinion_town"):
    id = BigSerial(primary_key=True)
    town_code = Varchar(length=9, null=False)
    accepted_per_month = DoublePrecision(null=True, default=None)
    set_by_id = ForeignKey(Account, null=True, default=None, **_KEEP)
    set_at = Timestamptz(null=True, default=None)
    found_at = Timestamptz(null=True, default=None)
    replayed_at = Timestamptz(null=True, default=None)
    replayed_days = Integer(null=False, default=0)
    surprises = Array(base_column=DoublePrecision(), null=False, default=[])


TABLES = (OpinionWord, OpinionText, PendingOpinion, OpinionCount, OpinionTotal, EmergingMatter, OpinionTown)


async def forwards() -> MigrationManager:
    return first_migration("public_opinion", ID, TABLES, Path(__file__).parent / "first")
