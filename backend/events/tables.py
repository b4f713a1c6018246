"""The event log's one table. Append only; a database trigger refuses updates and deletes but by the pruning job."""

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class EventLog(Table, tablename="event_log"):
    id = BigSerial(primary_key=True)
    name = Varchar(length=64, null=False)
    subject = Varchar(length=32, null=False)
    subject_id = BigInt(null=False)
    version = Integer(null=False, default=0)
    area_code = Varchar(length=15, null=False, default="")
    unit_id = BigInt(null=True, default=None)
    account_ids = Array(base_column=BigInt(), null=False, default=list)
    body = JSONB(null=False)
    recorded_at = Timestamptz(null=False, default=TimestamptzNow())
