"""Several people about one thing, and orders that are one case."""

from datetime import datetime
from uuid import uuid4

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Join, SubmissionResult
from tests.makers.orders import BASE_URL
from tests.makers.town import SmallTown, make_actor


async def make_neighbour(name: str = "邻居") -> Actor:
    return await make_actor(name, Role.RESIDENT, "")


async def make_join(town: SmallTown, order_id: int, who: Actor, now: datetime, **changes: object) -> SubmissionResult:
    """`who` stands at the town's door and saw it too."""
    fields: dict[str, object] = {"idempotency_key": uuid4().hex, "code": town.code, "order_id": order_id, **changes}
    return await reports.join(Join(**fields), who, base_url=BASE_URL, now=now)  # type: ignore[arg-type]


async def merge(town: SmallTown, order_id: int, into_id: int, now: datetime) -> None:
    await orders.merge(
        order_id, Merge(into_id=into_id, reason="同一件事"), TransitionContext(actor=town.dispatcher, now=now)
    )


async def unmerge(town: SmallTown, order_id: int, now: datetime) -> None:
    await orders.unmerge(order_id, "不是同一件事", TransitionContext(actor=town.dispatcher, now=now))


async def told(name: str) -> set[int]:
    """Whom the last fact of this name was for."""
    return set(await db.fetchval("SELECT account_ids FROM event_log WHERE name = $1 ORDER BY id DESC LIMIT 1", name))
