"""What towns decided about their evaluation, appeals against scores, and who gets the weekly analysis."""

from pathlib import Path

from piccolo.columns import Array, BigSerial, Date, ForeignKey, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.schema.first import FirstMigration, first_migration

ID = "2026-11-28T10:30:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Evaluation"
_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Account(Table, tablename="account"):
    id = BigSerial(primary_key=True)


class OrgUnit(Table, tablename="org_unit"):
    id = BigSerial(primary_key=True)


class Order(Table, tablename="work_order"):
    id = BigSerial(primary_key=True)


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(Account, null=null, default=None, **_KEEP)


class EvaluationSetting(Table, tablename="evaluation_setting"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=9, null=False, default=None)
    done_weight = SmallInt(null=False, default=None)
    held_weight = SmallInt(null=False, default=None)
    found_weight = SmallInt(null=False, default=None)
    secure = Array(base_column=Varchar(length=8), null=False, default=list)
    orderly = Array(base_column=Varchar(length=8), null=False, default=list)
    clean = Array(base_column=Varchar(length=8), null=False, default=list)
    appeal_days = SmallInt(null=False, default=None)
    reason = Text(null=False, default=None)
    set_by_id = _account()
    set_at = Timestamptz(null=False, default=None)


class ScoreAppeal(Table, tablename="score_appeal"):
    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    measure = Varchar(length=40, null=False, default=None)
    unit_id = ForeignKey(OrgUnit, null=True, default=None, **_KEEP)
    person_id = _account(null=True)
    area_code = Varchar(length=12, null=False, default=None)
    counted_on = Date(null=False, default=None)
    reason = Text(null=False, default=None)
    evidence = Text(null=False, default=None)
    asked_by_id = _account()
    asked_at = Timestamptz(null=False, default=None)
    state = Varchar(length=7, null=False, default="open")
    decided_by_id = _account(null=True)
    decided_at = Timestamptz(null=True, default=None)
    decision = Text(null=False, default="")


class WeeklySubscription(Table, tablename="weekly_subscription"):
    id = BigSerial(primary_key=True)
    account_id = _account()
    area_code = Varchar(length=12, null=False, default=None)
    subscribed_at = Timestamptz(null=False, default=None)


class WeeklyIssue(Table, tablename="weekly_issue"):
    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    first_on = Date(null=False, default=None)
    sent_at = Timestamptz(null=False, default=None)


TABLES = (EvaluationSetting, ScoreAppeal, WeeklySubscription, WeeklyIssue)


async def forwards() -> FirstMigration:
    return first_migration("evaluation", ID, TABLES, Path(__file__).parent / "first")
