"""The shops behind the codes, who answers for them and did so before, and who says to be one of them.

Names and phones of people are sealed (`backend/privacy/seals.py`) about `table.column:id` of their row. Checks and
partial indexes stand in the migrations.
"""

from piccolo.columns import (
    BigSerial,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    LazyTableReference,
    OnDelete,
    Timestamptz,
    Varchar,
)
from piccolo.columns.base import OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table

from backend import words

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_STAYS)


def _shop() -> ForeignKey:
    return ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)


class RegisteredShop(Table, tablename="shop"):
    """商户. One business at one place; when another one takes the place over, this row ends and a new one begins.

    Where it lies is its place's affair: `place.area_id` follows borders that are moved. `uscc`: the unified social
    credit code in plain form; `uscc_warning`: what is odd about it and refuses nothing. `trade_class`: a section of
    GB/T 4754. `responsible_*`: the person in charge as the register names them, and a print of both to see a change.
    `dataset`, `source_key`: by which the next import of the same source finds the row.
    """

    id = BigSerial(primary_key=True)
    place_id = ForeignKey(LazyTableReference("Place", app_name="places"), null=False, default=None, **_STAYS)
    name = Varchar(length=words.SHOP_NAME, null=False, default=None)
    uscc = Varchar(length=18, null=True, default=None)
    uscc_warning = Varchar(length=20, null=False, default="")
    trade_class = Varchar(length=1, null=True, default=None)
    size_m2 = Integer(null=True, default=None)
    seats = Integer(null=True, default=None)
    state = Varchar(length=10, null=False, default="open")
    opened_on = Date(null=True, default=None)
    responsible_name = Bytea(null=True, default=None)
    responsible_phone = Bytea(null=True, default=None)
    responsible_print = Bytea(null=True, default=None)
    dataset = Varchar(length=100, null=False, default="")
    source_key = Varchar(length=200, null=True, default=None)
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    updated_at = Timestamptz(null=False, default=TimestamptzNow())
    ended_at = Timestamptz(null=True, default=None)


class ShopPerson(Table, tablename="shop_person"):
    """店主、店员. Who acts for a shop from when until when; rows end and stay. `name` and `phone` are sealed."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    account_id = _account(null=False)
    role = Varchar(length=5, null=False, default=None)
    name = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    since = Timestamptz(null=False, default=None)
    until = Timestamptz(null=True, default=None)
    added_by_id = _account(null=True)
    ended_by_id = _account(null=True)


class ShopClaim(Table, tablename="shop_claim"):
    """认领. Somebody says to be the owner, or to help. `licence`: what was typed, in plain form; the rest is sealed."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    account_id = _account(null=False)
    role = Varchar(length=5, null=False, default="owner")
    licence = Varchar(length=18, null=False, default="")
    name = Bytea(null=True, default=None)
    phone = Bytea(null=True, default=None)
    state = Varchar(length=9, null=False, default=None)
    proof = Varchar(length=9, null=False, default="")
    asked_at = Timestamptz(null=False, default=None)
    decided_at = Timestamptz(null=True, default=None)
    decided_by_id = _account(null=True)
    reason = Varchar(length=words.SHOP_NOTE, null=False, default="")


class ShopStateChange(Table, tablename="shop_state_change"):
    """经营状态变化. Append-only; the first row of a shop is the state in which it was registered."""

    id = BigSerial(primary_key=True)
    shop_id = _shop()
    state = Varchar(length=10, null=False, default=None)
    changed_at = Timestamptz(null=False, default=None)
    changed_by_id = _account(null=True)
    note = Varchar(length=words.SHOP_NOTE, null=False, default="")
