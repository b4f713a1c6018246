"""Policies, for which shops they are, and what each of their people did with them."""

from piccolo.columns import (
    Array,
    BigSerial,
    Date,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account() -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_STAYS)


class Policy(Table, tablename="policy"):
    """政策. `area_code`: a prefix; empty lists of trades and grades, and open sizes, mean every shop there."""

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
    made_by_id = _account()
    made_at = Timestamptz(null=False, default=None)
    sent_at = Timestamptz(null=True, default=None)


class PolicyQuestion(Table, tablename="policy_question"):
    """An order that asks about a policy, and the phone's key under which it was sent."""

    id = BigSerial(primary_key=True)
    policy_id = ForeignKey(Policy, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)
    account_id = _account()
    client_key = Varchar(length=80, null=False, default=None)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=False, default=None, **_STAYS)


class PolicyRecipient(Table, tablename="policy_recipient"):
    """One of a shop's people to whom a policy was sent."""

    id = BigSerial(primary_key=True)
    policy_id = ForeignKey(Policy, null=False, default=None, **_STAYS)
    shop_id = ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)
    account_id = _account()
    sent_at = Timestamptz(null=False, default=None)
    read_at = Timestamptz(null=True, default=None)
    applied_at = Timestamptz(null=True, default=None)
