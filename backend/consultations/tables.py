"""Answers that everybody may read, in the words of who released them."""

from piccolo.columns import BigSerial, ForeignKey, LazyTableReference, OnDelete, Text, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


def _account(*, null: bool) -> ForeignKey:
    return ForeignKey(LazyTableReference("Account", app_name="accounts"), null=null, default=None, **_KEEP)


class PublishedAnswer(Table, tablename="published_answer"):
    """A question and its answer without anybody's data. One for an order; withdrawn it stays for whoever released it.

    `area_code`: where it was asked, for who looks after it; it is no place of the asker's.
    """

    id = BigSerial(primary_key=True)
    order_id = ForeignKey(
        LazyTableReference("Order", app_name="orders"), null=False, default=None, unique=True, **_KEEP
    )
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)
    area_code = Varchar(length=12, null=False, default=None)
    question = Text(null=False, default=None)
    answer = Text(null=False, default=None)
    published_by_id = _account(null=False)
    published_at = Timestamptz(null=False, default=None)
    withdrawn_by_id = _account(null=True)
    withdrawn_at = Timestamptz(null=True, default=None)
