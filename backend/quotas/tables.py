"""One row for each allowance that is not whole. Unlogged: a crash forgives everybody."""

from piccolo.columns import DoublePrecision, Timestamptz, Varchar
from piccolo.table import Table

KEY_CHARS = 120


class QuotaUse(Table, tablename="quota_use"):
    key = Varchar(length=KEY_CHARS, primary_key=True)
    """The quota's name and what it counts by."""
    full_at = Timestamptz(null=False, default=None)
    """From this instant on nothing of the allowance is used."""
    span_s = DoublePrecision(null=False)
    """How long a wholly used allowance takes to fill."""
