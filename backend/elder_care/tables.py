"""Lone elders, their visitors, who opened what is sealed, and the visits. Sealed columns: see sealing.py."""

from piccolo.columns import (
    Array,
    BigSerial,
    Bytea,
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


def _account(*, null: bool) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class LoneElder(Table, tablename="lone_elder"):
    """独居老人. Name, door, phone and contacts are sealed, and empty once their term is over.

    `label`: what orders, messages and figures call the person, such as L-0012. `place_id`: the house, never the door of
    a home. `until`: the last day for which the consent holds. `paused_until`: in hospital or away, the last day without
    visits; why stands nowhere. `watch`, `devices`: the devices of the home by their names in intake. Days are of
    Shanghai.
    """

    id = BigSerial(primary_key=True)
    area_code = Varchar(length=12, null=False, default=None)
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=False, default=None, **_KEEP)
    label = Varchar(length=20, null=False, default=None)
    name = Bytea(null=True, default=None)
    door = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    contacts = Bytea(null=True, default=None)
    risk = Varchar(length=6, null=False, default=None)
    way = Varchar(length=5, null=False, default=None)
    every_days = SmallInt(null=False, default=None)
    watch = Varchar(length=40, null=False, default="")
    devices = Array(base_column=Varchar(length=64), null=False, default=[])
    consent = Varchar(length=8, null=False, default=None)
    consent_on = Date(null=False, default=None)
    until = Date(null=False, default=None)
    paused_until = Date(null=True, default=None)
    added_by_id = _account(null=False)
    added_at = Timestamptz(null=False, default=None)
    ended_at = Timestamptz(null=True, default=None)
    cleared_at = Timestamptz(null=True, default=None)


class ElderVisitor(Table, tablename="elder_visitor"):
    """Who visits an elder now or did so before. One row from one instant until another."""

    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    account_id = _account(null=False)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=True, default=None)
    assigned_by_id = _account(null=False)


class ElderOpening(Table, tablename="elder_opening"):
    """Who read what is sealed of an elder. Append-only."""

    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    account_id = _account(null=False)
    at = Timestamptz(null=False, default=None)


class ElderVisit(Table, tablename="elder_visit"):
    """走访. One of an elder on a day. `escalated`: how far it has climbed: 1 visitor, 2 committee, 3 street."""

    id = BigSerial(primary_key=True)
    elder_id = ForeignKey(LoneElder, null=False, default=None, **_KEEP)
    due_on = Date(null=False, default=None)
    due_at = Timestamptz(null=False, default=None)
    visitor_id = _account(null=True)
    state = Varchar(length=6, null=False, default="due")
    escalated = SmallInt(null=False, default=0)
    order_id = ForeignKey(LazyTableReference("Order", app_name="orders"), null=True, default=None, **_KEEP)
    ended_at = Timestamptz(null=True, default=None)


class ElderVisitRecord(Table, tablename="elder_visit_record"):
    """What somebody found who went there or called. `note` is sealed, and goes with the elder's data."""

    id = BigSerial(primary_key=True)
    visit_id = ForeignKey(ElderVisit, null=False, default=None, **_KEEP)
    outcome = Varchar(length=10, null=False, default=None)
    note = Bytea(null=True, default=None)
    by_id = _account(null=False)
    at = Timestamptz(null=False, default=None)
    client_key = Varchar(length=80, null=False, default=None)
