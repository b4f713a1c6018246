"""Tables of deadlines: pauses, limits and windows of offers by area, the levels of the escalation, which were sent."""

from piccolo.columns import (
    Array,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    LazyTableReference,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

from backend.orders.model.tables import Order

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class OrderPause(Table, tablename="order_pause"):
    """A suspension or a verification that stops every clock, or an extension that adds minutes to resolve."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    kind = Varchar(length=12, null=False)
    starts_at = Timestamptz(null=False, default=None)
    ends_at = Timestamptz(null=True, default=None)
    minutes = Integer(null=True, default=None)
    granted_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=True, default=None, **_KEEP)
    reason = Text(null=False, default="")


class SlaPolicy(Table, tablename="sla_policy"):
    """The minutes of an item's stages within an area prefix, where they differ from the dictionary's."""

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15, null=False, default="")
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)
    respond_min = Integer(null=True, default=None)
    arrive_min = Integer(null=True, default=None)
    safe_min = Integer(null=True, default=None)
    resolve_min = Integer(null=True, default=None)
    verify_min = Integer(null=True, default=None)


class OfferPolicy(Table, tablename="offer_policy"):
    """How long an order is offered, and to how many people, within an area prefix; no priorities: all of them.

    The nearest area wins, there the narrowest item, there the row that names priorities.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default="")
    item_prefix = Varchar(length=8, null=False, default="")
    priorities = Array(base_column=Varchar(length=2), null=False, default=[])
    window_min = Integer(null=False)
    people_needed = Integer(null=False, default=1)


class EscalationLevelRow(Table, tablename="escalation_rung"):
    """One level: when so many percent of a stage's limit have been counted, somebody is told.

    Of the levels for a stage only those of the nearest area, and there of the narrowest item, count.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=15, null=False, default="")
    item_prefix = Varchar(length=8, null=False, default="")
    priorities = Array(base_column=Varchar(length=2), null=False, default=list)
    stage = Varchar(length=8, null=False)
    at_percent = Integer(null=False)
    who = Varchar(length=12, null=False)
    door = Varchar(length=12, null=False, default="inbox")
    quiet = Varchar(length=8, null=False, default="urgent")
    is_active = Boolean(null=False, default=True)


class Escalation(Table, tablename="escalation"):
    """A level that was sent: once for an order, a stage and a round, however often the job runs."""

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(Order, null=False, default=None, **_KEEP)
    rung_id = ForeignKey(EscalationLevelRow, null=False, default=None, **_KEEP)
    stage = Varchar(length=8, null=False)
    round_at = Timestamptz(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    rung_at = Timestamptz(null=False, default=None)
