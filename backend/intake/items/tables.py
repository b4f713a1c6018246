"""What dispatchers corrected, nothing else. What Piccolo cannot say of it stands in the migrations."""

from piccolo.columns import BigSerial, Bytea, DoublePrecision, ForeignKey, LazyTableReference, Timestamptz, Varchar
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.table import Table

_KEEP = {"on_delete": OnDelete.restrict, "on_update": OnUpdate.cascade}


class ItemCorrection(Table, tablename="item_correction"):
    """An item that a dispatcher decided on, beside what was suggested. Its words go after their term."""

    id = BigSerial(primary_key=True)
    source = Varchar(length=40, null=False)
    source_number = Varchar(length=80, null=False)
    words = Bytea(null=True, default=None)
    suggested = Varchar(length=60, null=False)
    probability = DoublePrecision(null=False)
    item_id = ForeignKey(LazyTableReference("Item", app_name="items"), null=False, default=None, **_KEEP)
    decided_by_id = ForeignKey(LazyTableReference("Account", app_name="accounts"), null=False, default=None, **_KEEP)
    decided_at = Timestamptz(null=False, default=None)
