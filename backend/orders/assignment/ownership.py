"""What it means for an order that somebody else gets it: the columns that change, and what the step remembers."""

from typing import Any

import msgspec

from backend.duty.structs import Assignment
from backend.orders.transitions.locking import LockedOrder


class NewOwner(msgspec.Struct, frozen=True, kw_only=True):
    changes: dict[str, Any]
    """Of the order, and what the fact says: unit, handler, supervisor."""
    detail: dict[str, Any]


def of(order: LockedOrder, choice: Assignment, handler_id: int | None = None) -> NewOwner:
    """The order as this choice gives it away; `handler_id` where a person was chosen by hand.

    Whoever supervises an order sees it through, whatever unit has it next.
    """
    return NewOwner(
        changes={
            "unit_id": choice.unit_id,
            "handler_id": handler_id or choice.handler_id,
            "supervisor_id": order.supervisor_id or choice.supervisor_id,
        },
        detail={
            "from_unit": order.unit_id,
            "to_unit": choice.unit_id,
            "to_handler": handler_id or choice.handler_id,
            **(choice.as_detail() if handler_id is None else {}),
        },
    )
