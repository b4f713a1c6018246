"""What the worker does by itself, done once and to the end: facts are delivered, and jobs run, until nothing waits."""

from backend import db, wiring
from backend.events.deliverer import Deliverer
from backend.events.delivery import Delivery
from backend.jobs import runner
from backend.worker import handlers


async def deliver(delivery: Delivery | None = None, *, most: int = 500) -> None:
    """Deliver every fact that waits, and those that follow."""
    deliverer = Deliverer(delivery or wiring.delivery(), most=most)
    while await deliverer.deliver_once():
        pass


async def work(database: str) -> None:
    """Deliver every fact and run every job that is due, and what follows from them."""
    while True:
        await deliver()
        await runner.drain(database, handlers())
        if not await db.fetchval("SELECT EXISTS (SELECT FROM event_pending)"):
            return
