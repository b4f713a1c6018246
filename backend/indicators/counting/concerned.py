"""Which orders facts are about. Pure."""

from collections.abc import Sequence

import msgspec

from backend.events.facts import Recorded
from backend.orders.model.events import OrderFact


class _OrderNamed(msgspec.Struct):
    order_id: int | None = None


def orders_of(recorded: Sequence[Recorded]) -> list[int]:
    """Each order once: the subject of a fact about orders, else the order that the fact names."""
    ids = (each.subject_id if each.subject == OrderFact.subject else _named(each) for each in recorded)
    return list(dict.fromkeys(order_id for order_id in ids if order_id is not None))


def _named(recorded: Recorded) -> int | None:
    return msgspec.json.decode(recorded.body, type=_OrderNamed).order_id
