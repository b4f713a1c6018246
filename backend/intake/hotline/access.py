"""Who may see a case and act on it: staff of its order; formal acts are the dispatchers'."""

from datetime import datetime

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.errors import Forbidden
from backend.intake.hotline.errors import TaskUnknown
from backend.intake.hotline.tasks import Task
from backend.intake.sources import queries as sources
from backend.orders import reads
from backend.orders.model.errors import OrderNotFound
from backend.orders.reads.views import OrderDetail
from media.structs import Audience


class NotYourTask(Forbidden):
    """Formal acts are the dispatchers'; the first contact is theirs, and whoever's the order is."""

    code = "not-your-task"


def may_contact(order: OrderDetail, actor: Actor) -> bool:
    """Whether this reader may note that the citizen was called."""
    is_holder = order.handler is not None and order.handler.id == actor.account_id
    return may_act(order, actor) or (order.audience is Audience.STAFF and is_holder)


def may_act(order: OrderDetail, actor: Actor) -> bool:
    """Whether this reader may ask the platform for something, or tell it how the work stands."""
    return order.audience is Audience.STAFF and may_within(actor, Permission.DISPATCH_ORDERS, order.area_code)


async def require_contact(task: Task, actor: Actor, now: datetime) -> None:
    """Raises TaskUnknown out of sight, NotYourTask."""
    if task.order_id is None:
        await _require_dispatcher(task, actor)
    elif not may_contact(await _order(task.order_id, actor, now), actor):
        raise NotYourTask


async def require_act(task: Task, actor: Actor, now: datetime) -> OrderDetail | None:
    """The case's order, None where there is none yet. Raises TaskUnknown out of sight, NotYourTask."""
    if task.order_id is None:
        await _require_dispatcher(task, actor)
        return None
    order = await _order(task.order_id, actor, now)
    if not may_act(order, actor):
        raise NotYourTask
    return order


async def _order(order_id: int, actor: Actor, now: datetime) -> OrderDetail:
    try:
        order = await reads.get_order(order_id, actor, now)
    except OrderNotFound as error:
        raise TaskUnknown from error
    if order.audience is not Audience.STAFF:
        raise TaskUnknown
    return order


async def _require_dispatcher(task: Task, actor: Actor) -> None:
    source = await sources.get_by_id(task.source_id)
    if not may_within(actor, Permission.DISPATCH_ORDERS, source.area_code):
        raise TaskUnknown
