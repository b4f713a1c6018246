"""What was taken out of partitioned tables, and where it is."""

from piccolo.columns import BigInt, Text, Timestamptz, Varchar
from piccolo.table import Table


class ArchivedPart(Table, tablename="archived_part"):
    """One partition that was taken out: its rows are in `file`, until `dropped_at` also in the table of its name."""

    name = Varchar(length=63, primary_key=True)
    table_name = Varchar(length=63, null=False)
    until_at = Timestamptz(null=False, default=None)
    row_count = BigInt(null=False)
    first_id = BigInt(null=False)
    last_id = BigInt(null=False)
    file = Text(null=False)
    sha256 = Varchar(length=64, null=False)
    archived_at = Timestamptz(null=False, default=None)
    dropped_at = Timestamptz(null=True, default=None)
    restored_at = Timestamptz(null=True, default=None)
