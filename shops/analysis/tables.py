"""Who has read a report."""

from piccolo.columns import BigSerial, ForeignKey, LazyTableReference, OnDelete, Timestamptz, Varchar
from piccolo.columns.base import OnUpdate
from piccolo.table import Table

_STAYS = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class ReportReading(Table, tablename="report_reading"):
    """签收. One of the shop's people has read a month's report."""

    id = BigSerial(primary_key=True)
    shop_id = ForeignKey(LazyTableReference("RegisteredShop", app_name="shops"), null=False, default=None, **_STAYS)
    month = Varchar(length=7, null=False, default=None)
    account_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_STAYS)
    read_at = Timestamptz(null=False, default=None)
