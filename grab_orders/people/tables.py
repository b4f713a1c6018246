"""Volunteers, nothing else. What Piccolo cannot say of them stands in the migrations."""

from piccolo.columns import (
    Array,
    BigSerial,
    Bytea,
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


class Volunteer(Table, tablename="volunteer"):
    """One application to one committee and what became of it. Sealed columns are empty once their term is over."""

    id = BigSerial(primary_key=True)
    account_id = _account()
    committee_code = Varchar(length=12, null=False)
    status = Varchar(length=8, null=False)
    masked_name = Varchar(length=8, null=False)
    real_name = Bytea(null=True, default=None)
    id_number = Bytea(null=True, default=None)
    id_print = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    guardian_name = Bytea(null=True, default=None)
    guardian_phone = Bytea(null=True, default=None)
    birth_year = SmallInt(null=True, default=None)
    id_doubt = Varchar(length=8, null=False, default="")
    skills = Array(base_column=Varchar(length=12), null=False, default=[])
    consent = Varchar(length=12, null=False)
    idempotency_key = Varchar(length=80, null=True, default=None)
    applied_at = Timestamptz(null=False, default=None)
    decided_by_id = _account(null=True)
    decided_at = Timestamptz(null=True, default=None)
    refusal = Text(null=False, default="")
    left_at = Timestamptz(null=True, default=None)
    cleared_at = Timestamptz(null=True, default=None)


class OwnPlace(Table, tablename="own_place"):
    """A place that is somebody's own, such as their shop: what they report or do there earns them nothing."""

    id = BigSerial(primary_key=True)
    account_id = _account()
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=False, default=None, **_KEEP)
    noted_at = Timestamptz(null=False, default=None)
    origin = Varchar(length=8, null=False, default="said")
