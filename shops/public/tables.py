"""The link to a shop's kitchen, who confirmed it, and whether it answers. Checks stand in the migration."""

from piccolo.columns import BigSerial, ForeignKey, LazyTableReference, OnDelete, SmallInt, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

from backend import words

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_STAYS)


class ShopKitchenLink(Table, tablename="kitchen_link"):
    """明厨亮灶. One for a shop: setting another address writes it anew, and nobody has confirmed that one yet.

    `failures`: how often in a row it did not answer, the first time at `failing_since`.
    """

    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(
        LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, unique=True, **_STAYS
    )
    url = Varchar(length=words.KITCHEN_LINK, null=False, default=None)
    host = Varchar(length=253, null=False, default=None)
    state = Varchar(length=9, null=False, default="waiting")
    set_by_id = _account(null=False)
    set_at = Timestamptz(null=False, default=None)
    decided_by_id = _account(null=True)
    decided_at = Timestamptz(null=True, default=None)
    valid_until = Timestamptz(null=True, default=None)
    reason = Varchar(length=words.SHOP_NOTE, null=False, default="")
    checked_at = Timestamptz(null=True, default=None)
    next_check_at = Timestamptz(null=True, default=None)
    failing_since = Timestamptz(null=True, default=None)
    failures = SmallInt(null=False, default=0)
