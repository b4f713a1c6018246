"""What the clock starts: months are made ahead, each night and whenever a worker starts."""

from datetime import datetime

from backend import db, logs
from backend.partitions import making

log = logs.get_logger()


async def make_ahead(now: datetime) -> None:
    """Make the months that are to come. Nothing to do on most nights. Raises TableBusy."""
    async with db.connection() as connection:
        if made := await making.make_ahead(connection, now):
            log.info("months_made", partitions=made)
