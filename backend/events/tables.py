"""The event log, to which a trigger lets nobody do more than add but for the pruning job; and what of it waits."""

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Boolean, Integer, Timestamptz, Varchar
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class EventLog(Table, tablename="event_log"):
    """Cut by month of `recorded_at`, so its key in the database is (id, recorded_at), and no foreign key leads here."""

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


class EventPending(Table, tablename="event_pending"):
    """A fact that is not yet delivered. No foreign key: a fact that the pruning job removed is nobody's to deliver."""

    event_id = BigInt(primary_key=True, default=None)
    is_urgent = Boolean(null=False, default=False)
