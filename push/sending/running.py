"""The senders of a worker: a task for each gateway, and one where its vendor has to be asked what arrived."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from datetime import datetime

from push.gateways import Gateway
from push.sending.arrivals import Arrivals, Reporting
from push.sending.sender import Sender


@asynccontextmanager
async def sending(
    gateways: Collection[Gateway], base_url: str, now: Callable[[], datetime], stop: asyncio.Event
) -> AsyncIterator[None]:
    """Send through all of them until `stop` is set; what is in hand is finished, then the gateways are closed."""
    tasks = [asyncio.create_task(Sender(each, base_url, now).run(stop)) for each in gateways]
    tasks += [asyncio.create_task(Arrivals(each, now).run(stop)) for each in gateways if isinstance(each, Reporting)]
    try:
        yield
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for each in gateways:
            await each.close()
