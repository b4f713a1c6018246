"""Who stands behind the pseudonym of a complaint, sealed; who asked to know, who agreed, and who read it."""

from piccolo.columns import BigSerial, Bytea, ForeignKey, LazyTableReference, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}
_REASON_CHARS = 300


def _account(*, null: bool = False, unique: bool = False) -> ForeignKey:
    account = LazyTableReference("Account", app_name="accounts")
    return ForeignKey(account, null=null, default=None, unique=unique, **_STAYS)


class ShopComplaint(Table, tablename="shop_complaint"):
    """投诉举报. `identity`: who complained, sealed about `shop_complaint.identity:pseudonym_id`; None once erased.

    `key_print`: of the reporter and the phone's key, so that a complaint that is sent again is the same one.
    """

    id = BigSerial(primary_key=True)
    pseudonym_id = _account(unique=True)
    identity = Bytea(null=True, default=None)
    key_print = Bytea(null=False, default=None, unique=True)
    made_at = Timestamptz(null=False, default=None)


class IdentityOpening(Table, tablename="identity_opening"):
    """启封申请. One person asks with a reason, another one agrees or refuses; then both may read for a day."""

    id = BigSerial(primary_key=True)
    complaint_id = ForeignKey(ShopComplaint, null=False, default=None, **_STAYS)
    asked_by_id = _account()
    asked_at = Timestamptz(null=False, default=None)
    reason = Varchar(length=_REASON_CHARS, null=False, default=None)
    decided_by_id = _account(null=True)
    decided_at = Timestamptz(null=True, default=None)
    readable_until = Timestamptz(null=True, default=None)
    """None also for one that was refused."""


class IdentityReading(Table, tablename="identity_reading"):
    """Each time that somebody read who complained. Append-only."""

    id = BigSerial(primary_key=True)
    opening_id = ForeignKey(IdentityOpening, null=False, default=None, **_STAYS)
    account_id = _account()
    at = Timestamptz(null=False, default=None)
