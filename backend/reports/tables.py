"""The branch's tables, nothing else."""

from piccolo.columns import (
    JSON,
    Array,
    BigInt,
    BigSerial,
    Bytea,
    ForeignKey,
    Integer,
    LazyTableReference,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class Report(Table, tablename="report"):
    """上报. Once per phone and `client_id`; the token opens its tracking page to whoever holds the link."""

    id = BigSerial(primary_key=True)
    client_id = Varchar(length=64, null=False)
    reporter_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.cascade,
    )
    order_id = ForeignKey(
        LazyTableReference("Order", app_name="orders"),
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.cascade,
    )
    tracking_token = Varchar(length=32, null=False, unique=True)
    qr_code = Varchar(length=12, null=True, default=None)
    received_at = Timestamptz(null=False, default=None)
    captured_at = Timestamptz(null=True, default=None)
    description = Text(null=False, default="")
    key_print = Varchar(length=32, null=True, default=None)


class DuplicateRule(Table, tablename="duplicate_rule"):
    """When two reports of one item are one case. The longest prefix of the item's code wins; '' is for all."""

    id = BigSerial(primary_key=True)
    prefix = Varchar(length=8, null=False, unique=True)
    radius_m = Integer(null=False)
    window_min = Integer(null=False)
    closed_min = Integer(null=False)


class PlaceSummary(Table, tablename="place_summary"):
    """What a place shows to strangers, as place_summary.py made and keeps it. Unlogged: after a crash it is made anew.

    A migration adds `snapshot`, which Piccolo cannot say: that in which the database looked.
    """

    place_id = ForeignKey(
        LazyTableReference("Place", app_name="places"),
        primary_key=True,
        null=False,
        default=None,
        on_delete=OnDelete.cascade,
        on_update=OnUpdate.cascade,
    )
    reported = JSON(null=False, default="[]")
    frequent = Array(base_column=Varchar(length=8), null=False, default=list)
    spots = Array(base_column=BigInt(), null=False, default=list)
    """Where a change makes it worthless: everywhere (0), the place (its number), the cells around (negative)."""
    made_at = Timestamptz(null=False, default=None)
    good_until = Timestamptz(null=False, default=None)


class PlaceChange(Table, tablename="place_change"):
    """That something changed at a spot which places show; written by triggers alone. Unlogged, with the summaries.

    A migration adds `xid`, the transaction that changed it.
    """

    id = BigSerial(primary_key=True)
    spot = BigInt(null=False, default=None)
    noted_at = Timestamptz(null=False, default=TimestamptzNow())


class CallBackNumber(Table, tablename="call_back_number"):
    """回访电话: what a reporter answered to the question for a number; each answer is a row, the latest one lives.

    `number`: sealed about `call_back_number.number:id`, erased with the end. `consent`: the version of the text that
    was agreed to; None for whoever left none.
    """

    id = BigSerial(primary_key=True)
    report_id = ForeignKey(Report, null=False, default=None, on_delete=OnDelete.restrict, on_update=OnUpdate.cascade)
    number = Bytea(null=True, default=None)
    consent = Varchar(length=16, null=True, default=None)
    answered_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    end_reason = Varchar(length=12, null=True, default=None)


class CallBackOpening(Table, tablename="call_back_opening"):
    """Each time that somebody opened the number of an order's reporter to call back. Append-only.

    `number_id`: None where the number was that of the reporter's account.
    """

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(
        LazyTableReference("Order", app_name="orders"),
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.cascade,
    )
    number_id = ForeignKey(
        CallBackNumber, null=True, default=None, on_delete=OnDelete.restrict, on_update=OnUpdate.cascade
    )
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        on_delete=OnDelete.restrict,
        on_update=OnUpdate.cascade,
    )
    opened_at = Timestamptz(null=False, default=None)
