"""Offers, takes and the people who take, nothing else. Constraints that Piccolo cannot say stand in the migrations."""

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    LazyTableReference,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.geo.columns import Geography

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, is_key: bool = False) -> ForeignKey:
    account = LazyTableReference("Account", app_name="accounts")
    return ForeignKey(account, null=False, default=None, primary_key=is_key, **_KEEP)


class Offer(Table, tablename="offer"):
    """抢单池中的任务: an order that whoever is first may take. A row for each order that ever was in the pool."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(
        LazyTableReference("Order", app_name="orders"), null=False, default=None, unique=True, **_KEEP
    )
    order_version = Integer(null=False, default=0)
    """The version of the order that the offer was last brought into line with."""
    state = Varchar(length=5, null=False, default="open")
    end_reason = Varchar(length=12, null=False, default="")
    round = SmallInt(null=False, default=1)
    first_round = SmallInt(null=False, default=1)
    """The one in which the order last came into the pool by itself; later ones began when it was taken back."""
    number = Varchar(length=24, null=False)
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)
    priority = Varchar(length=2, null=False)
    area_code = Varchar(length=12, null=False)
    block_label = Varchar(length=120, null=False, default="")
    """The road or the committee: what everybody reads. The door is for whoever has taken it."""
    block_loc = Geography("POINT", null=False)
    """The position to about a hundred metres."""
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
    """领单: one person has one offer, from the grab to the end of the work."""

    id = BigSerial(primary_key=True)
    offer_id = ForeignKey(Offer, null=False, default=None, **_KEEP)
    account_id = _account()
    round = SmallInt(null=False, default=1)
    seat = SmallInt(null=False, default=1)
    """Which of the people needed; two never have the same one at once."""
    is_lead = Boolean(null=False, default=True)
    """Whether the order is this person's in the trunk; the others of an order for several help."""
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
    """Whoever ever tried to take something. The row is locked before what that person has is counted."""

    account_id = _account(is_key=True)
    cools_until = Timestamptz(null=True, default=None)
    given_back_on = Date(null=True, default=None)
    """The day, in Shanghai, that `given_back` counts."""
    given_back = SmallInt(null=False, default=0)
    no_shows = SmallInt(null=False, default=0)
    no_show_at = Timestamptz(null=True, default=None)


class ItemRequirement(Table, tablename="item_requirement"):
    """What an item, or all that begin alike, ask of whoever takes an order about it. The longest beginning holds."""

    item_prefix = Varchar(length=8, primary_key=True)
    skill = Varchar(length=20, null=False, default="")
    is_adults_only = Boolean(null=False, default=False)
    points = SmallInt(null=True, default=None)
    """Instead of what the priority gives."""
