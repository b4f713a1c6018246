"""The fact that a move leaves in the log, as the verb that makes the move would. Pure."""

from typing import TYPE_CHECKING, Any

from backend.events.facts import Fact
from backend.orders.model import events, rules
from backend.orders.model.states import Transition

if TYPE_CHECKING:
    from backend.orders.past.life import LifeBeginning

_OF: dict[str, type[events.OrderFact]] = {
    Transition.OPEN: events.OrderDispatched,
    Transition.ACCEPT: events.OrderAccepted,
    Transition.CHECK_IN: events.HandlerArrived,
    Transition.FINISH: events.OrderFinished,
    Transition.PASS: events.OrderClosed,
    Transition.AUTO_PASS: events.OrderClosed,
    Transition.SELF_HANDLE: events.OrderClosed,
    Transition.SOURCE_PASS: events.OrderClosed,
    Transition.FIRST_PASS: events.OrderReferred,
    Transition.REWORK: events.OrderSentBack,
    Transition.SOURCE_REWORK: events.OrderSentBack,
    Transition.RATE: events.OrderRated,
    Transition.RETURN: events.OrderReturned,
    Transition.REASSIGN: events.OrderReassigned,
    Transition.PASS_ON: events.OrderPassedOn,
    Transition.ASK_EXTENSION: events.RequestAsked,
    Transition.ASK_SUSPENSION: events.RequestAsked,
    Transition.GRANT_EXTENSION: events.RequestDecided,
    Transition.GRANT_SUSPENSION: events.RequestDecided,
    Transition.RESUME: events.OrderResumed,
    Transition.URGE: events.OrderUrged,
    Transition.CANCEL: events.OrderCancelled,
    Transition.REOPEN: events.OrderReopened,
    Transition.JOIN: events.OrderJoined,
    Transition.MERGE: events.OrderMerged,
    Transition.ABSORB: events.OrderTookIn,
}


def fact_of(
    move: str, order: "LifeBeginning", values: dict[str, Any], actor_id: int | None, said: dict[str, Any]
) -> Fact | None:
    """What is recorded of a move after which the order has these values; None where nothing is."""
    handler_id, opener_id = values["handler_id"], order.opened_by.account_id
    about = {
        "subject_id": order.id,
        "version": values["version"],
        "area_code": order.area_code,
        "unit_id": values["unit_id"],
        "is_urgent": rules.is_urgent(order.priority),
    }
    if move == Transition.FOLLOW_UP:
        return events.OrderCalledBack(**about, **said)
    if move not in _OF:
        return None
    people = sorted({person for person in (opener_id, handler_id) if person is not None})
    return _OF[move](
        **about,
        account_ids=tuple(people),
        number=order.number,
        item_code=order.item_code,
        item_zh=order.item_zh,
        item_en=order.item_en,
        place=order.label,
        handler_id=handler_id,
        opened_by_id=opener_id,
        priority=order.priority,
        acted_by_id=actor_id,
        **said,
    )
