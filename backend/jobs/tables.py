"""The workers' signs of life. The queue's own tables are the library's."""

from piccolo.columns import UUID, Integer, Timestamptz
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.table import Table


class Worker(Table, tablename="worker"):
    """One that runs, or that died without a farewell: written every few seconds over the connection of its jobs."""

    id = UUID(primary_key=True)
    started_at = Timestamptz(null=False, default=TimestamptzNow())
    beat_at = Timestamptz(null=False, default=TimestamptzNow())
    places = Integer(null=False)
    running = Integer(null=False, default=0)
