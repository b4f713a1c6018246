"""The tables of evaluation, nothing else. Constraints that Piccolo cannot say stand in the migrations."""

from piccolo.columns import (
    Array,
    BigSerial,
    Date,
    ForeignKey,
    LazyTableReference,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class EvaluationSetting(Table, tablename="evaluation_setting"):
    """评效设置: what a town or district decided, in full each time; the latest counts, and all are its history."""

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
    """评效申诉: a case that is to be left out of one figure of a unit or a person, and what was decided."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=False, default=None, **_KEEP)
    measure = Varchar(length=40, null=False, default=None)
    unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_KEEP)
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
    """订阅: who gets the weekly analysis of which area."""

    id = BigSerial(primary_key=True)
    account_id = _account()
    area_code = Varchar(length=12, null=False, default=None)
    subscribed_at = Timestamptz(null=False, default=None)


class WeeklyIssue(Table, tablename="weekly_issue"):
    """A week of an area that was sent to its subscribers."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    first_on = Date(null=False, default=None)
    sent_at = Timestamptz(null=False, default=None)
