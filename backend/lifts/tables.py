"""The register of lifts: their numbers, who maintains them, and the days that the rules ask for."""

from piccolo.columns import (
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    LazyTableReference,
    OnDelete,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class Lift(Table, tablename="lift"):
    """电梯. One at a place, which carries its code. Days are of Shanghai.

    `lift_no`: the number of its registration (使用登记证编号 or 设备代码). `inspect_by`: by when the periodic
    inspection is due. `maintained_on`: the last maintenance; the next is due `maintain_days` later. `notified_on`:
    when it was last said that something is due or late. `overdue_order_id`: the latest order about what is late.
    """

    id = BigSerial(primary_key=True)
    place_id = ForeignKey(
        LazyTableReference("Place", app_name="places"), null=False, default=None, unique=True, **_KEEP
    )
    lift_no = Varchar(length=40, null=False, default=None, unique=True)
    label = Varchar(length=100, null=False, default="")
    maintenance_unit_id = ForeignKey(
        LazyTableReference("OrgUnit", app_name="accounts"), null=False, default=None, **_KEEP
    )
    property_unit_id = ForeignKey(LazyTableReference("OrgUnit", app_name="accounts"), null=True, default=None, **_KEEP)
    phone = Varchar(length=30, null=False, default="")
    inspect_by = Date(null=False, default=None)
    maintained_on = Date(null=False, default=None)
    maintain_days = SmallInt(null=False, default=15)
    is_in_use = Boolean(null=False, default=True)
    notified_on = Date(null=True, default=None)
    overdue_order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    updated_at = Timestamptz(null=False, default=None)


class LiftChange(Table, tablename="lift_change"):
    """Who wrote which day into the register, and what stood there before. Append-only."""

    id = BigSerial(primary_key=True)
    lift_id = ForeignKey(Lift, null=False, default=None, **_KEEP)
    field = Varchar(length=20, null=False, default=None)
    before = Varchar(length=100, null=False, default="")
    after = Varchar(length=100, null=False, default="")
    by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
    at = Timestamptz(null=False, default=None)
