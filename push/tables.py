"""The inbox, nothing else."""

from piccolo.columns import BigInt, BigSerial, ForeignKey, LazyTableReference, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class Message(Table, tablename="message"):
    """One thing told to one person: a fact is told to a person once, however often its job runs."""

    id = BigSerial(primary_key=True)
    account_id = ForeignKey(
        LazyTableReference("Account", app_name="accounts"),
        null=False,
        default=None,
        on_delete=OnDelete.cascade,
        on_update=OnUpdate.cascade,
    )
    event_id = BigInt(null=False, default=None)
    kind = Varchar(length=32, null=False)
    order_id = BigInt(null=True)
    path = Text(null=False, default="")
    title_zh = Text(null=False)
    title_en = Text(null=False)
    body_zh = Text(null=False, default="")
    body_en = Text(null=False, default="")
    created_at = Timestamptz(null=False, default=TimestamptzNow())
    read_at = Timestamptz(null=True, default=None)
