"""The two ledgers and the rules of a town for them. What Piccolo cannot say stands in the migrations."""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
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


def _order() -> ForeignKey:
    return ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)


class HoursEntry(Table, tablename="hours_entry"):
    """时长账. `worked`: what somebody did, not counted yet; `confirmed` and `reversed` refer to it and count.

    `minutes`: from start to end; `counted`: what the row adds to the account's hours, in minutes. `on_date`: the day in
    Shanghai on which it began. `promised`: the points that the offer promised for a take.
    """

    id = BigSerial(primary_key=True)
    account_id = _account()
    committee_code = Varchar(length=12, null=False)
    kind = Varchar(length=9, null=False)
    refers_to_id = ForeignKey("self", null=True, default=None, **_KEEP)
    source = Varchar(length=6, null=False)
    source_id = BigInt(null=False, default=None)
    order_id = _order()
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
    acted_by_id = _account(null=True)
    entered_at = Timestamptz(null=False, default=None)


class PointsEntry(Table, tablename="points_entry"):
    """积分账. `work` and `report`: what a closed order earned, also where that is nothing; `spent`; `reversed`.

    `full_points`: without the limits of the day; `points`: what the row adds to the account's points. `on_date`: the
    day of the closing in Shanghai; a reversal has that of its row. `partner_id`: of work who reported, of a report who
    handled.
    """

    id = BigSerial(primary_key=True)
    account_id = _account()
    committee_code = Varchar(length=12, null=False)
    kind = Varchar(length=8, null=False)
    outcome = Varchar(length=10, null=False)
    points = Integer(null=False, default=0)
    full_points = Integer(null=False, default=0)
    day_most = Integer(null=True, default=None)
    refers_to_id = ForeignKey("self", null=True, default=None, **_KEEP)
    order_id = _order()
    number = Varchar(length=24, null=False, default="")
    item_code = Varchar(length=12, null=False, default="")
    title_zh = Text(null=False)
    title_en = Text(null=False)
    place_key = Varchar(length=32, null=False, default="")
    partner_id = _account(null=True)
    on_date = Date(null=False, default=None)
    round = SmallInt(null=False, default=1)
    closed_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")
    acted_by_id = _account(null=True)
    entered_at = Timestamptz(null=False, default=None)


class RewardPolicy(Table, tablename="reward_policy"):
    """What a town lays down within an area prefix: limits of a day, points of a report, who is ranked."""

    area_code = Varchar(length=12, primary_key=True)
    hours_day_most = Integer(null=False, default=480)
    points_day_most = Integer(null=False, default=60)
    points_report = Integer(null=False, default=2)
    ranked_from = Integer(null=False, default=5)
    set_by_id = _account()
    set_at = Timestamptz(null=False, default=None)
