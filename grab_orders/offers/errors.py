"""States of affairs that stop somebody from taking an offer, or from giving it back."""

from collections.abc import Sequence
from datetime import datetime

from backend.errors import Conflict, NotFound
from grab_orders.offers.rules import OPEN_ORDERS_MAX
from grab_orders.offers.structs import Barrier, OfferView


class OfferNotFound(NotFound):
    code = "offer-not-found"


class NotGrabbed(Conflict):
    """Somebody else was first, or the rules say no. `reason` is the first of `reasons`; `nearby`: what else is open."""

    code = "not-grabbed"

    def __init__(
        self,
        reasons: Sequence[Barrier],
        *,
        nearby: Sequence[OfferView],
        winner: str | None = None,
        cools_until: datetime | None = None,
    ) -> None:
        """`winner` is a masked name; None where nobody has it, or where it is not known yet."""
        reason = reasons[0]
        nameless = ".nameless" if reason is Barrier.TAKEN and winner is None else ""
        super().__init__(
            f"not-grabbed.{reason.value}{nameless}",
            reason=reason.value,
            reasons=[each.value for each in reasons],
            winner=winner,
            nearby=list(nearby),
            open_orders_max=OPEN_ORDERS_MAX,
            cools_until=cools_until,
        )


class NotHeld(Conflict):
    """It is not that person's to give back or to arrive at: it never was, or is not any more. `state`: of the take."""

    code = "offer-not-held"

    def __init__(self, state: str | None) -> None:
        super().__init__(state=state)


class ArrivedAlready(Conflict):
    """From arrival on the work is finished or handed over by the desk, and not given back."""

    code = "arrived-already"
