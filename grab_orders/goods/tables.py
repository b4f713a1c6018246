"""Goods and exchanges, nothing else. What Piccolo cannot say stands in the migrations."""

from piccolo.columns import BigSerial, Boolean, ForeignKey, Integer, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool = False) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class RewardGoods(Table, tablename="reward_goods"):
    """Something that volunteers of an area prefix get for points, as long as there is some."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False)
    name_zh = Varchar(length=60, null=False)
    name_en = Varchar(length=120, null=False, default="")
    points = Integer(null=False)
    stock = Integer(null=False, default=0)
    is_on = Boolean(null=False, default=True)
    added_by_id = _account()
    added_at = Timestamptz(null=False, default=None)


class Exchange(Table, tablename="exchange"):
    """One piece for one person: reserved, handed over or cancelled. `points`: what was paid."""

    id = BigSerial(primary_key=True)
    account_id = _account()
    reward_goods_id = ForeignKey(RewardGoods, null=False, default=None, **_KEEP)
    committee_code = Varchar(length=12, null=False)
    points = Integer(null=False)
    state = Varchar(length=11, null=False)
    points_entry_id = ForeignKey(
        LazyTableReference("PointsEntry", app_name="grab_orders"), null=False, default=None, **_KEEP
    )
    idempotency_key = Varchar(length=80, null=False)
    reserved_at = Timestamptz(null=False, default=None)
    ended_by_id = _account(null=True)
    ended_at = Timestamptz(null=True, default=None)
    reason = Text(null=False, default="")
