"""What stops a shop from booking, and what stops those who fetch. Values travel in `extra`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from shops.pickup.kinds import AMOUNT_MOST, RULES, AmountUnit, WasteKind


class SlotNotFound(NotFound):
    """Not there, or not for this shop."""

    code = "pickup-slot-not-found"


class BookingNotFound(NotFound):
    code = "pickup-booking-not-found"


class RouteNotFound(NotFound):
    code = "pickup-route-not-found"


class RecurrenceNotFound(NotFound):
    code = "pickup-recurrence-not-found"


class FilingNotFound(NotFound):
    code = "renovation-filing-not-found"


class FromWrong(BadRequest):
    """Neither a day nor an instant."""

    code = "pickup-from-wrong"


class NotOfShop(Forbidden):
    """Only whoever acts for the shop books for it."""

    code = "not-of-this-shop"


class NotOfRoute(Forbidden):
    """Only the hauler's people and the desk measure, refuse, and handle money."""

    code = "not-of-this-route"


class OwnShop(Forbidden):
    """Whoever acts for the shop neither agrees to its works, nor says what it brought, paid or may have."""

    code = "own-shop"


class SlotFull(Conflict):
    """`extra`: `nearest`, the free slots that begin nearest to it."""

    code = "pickup-slot-full"

    def __init__(self, nearest: Sequence[Any]) -> None:
        super().__init__(nearest=msgspec.to_builtins(list(nearest)))


class SlotClosed(Conflict):
    """Its cut-off is over. `extra`: when that was, and `nearest`."""

    code = "pickup-slot-closed"

    def __init__(self, cutoff_at: datetime, nearest: Sequence[Any]) -> None:
        super().__init__(cutoff_at=cutoff_at, nearest=msgspec.to_builtins(list(nearest)))


class BookedOtherwise(Conflict):
    """The shop has a booking in this slot for another amount. `extra`: the booking."""

    code = "pickup-booked-otherwise"

    def __init__(self, booking_id: int, number: str) -> None:
        super().__init__(booking_id=booking_id, number=number)


class TooLateToChange(Conflict):
    """`extra`: until when it could be changed or cancelled."""

    code = "pickup-too-late"

    def __init__(self, cutoff_at: datetime) -> None:
        super().__init__(cutoff_at=cutoff_at)


class BookingEnded(Conflict):
    """What is asked is not possible in this state. `extra`: the state."""

    code = "pickup-booking-state"

    def __init__(self, state: str) -> None:
        super().__init__(state=state)


class NotThereYet(Conflict):
    """Whoever refuses what the shop has put out has been there: the check-in comes first."""

    code = "pickup-not-there-yet"


class UnitWrong(Invalid):
    """`extra`: the units in which the kind is booked."""

    code = "pickup-unit-wrong"

    def __init__(self, kind: WasteKind, unit: AmountUnit) -> None:
        super().__init__(kind=kind.value, unit=unit.value, units=[each.value for each in RULES[kind].units])


class KindWrong(Invalid):
    """The slot is for another kind. `extra`: for which."""

    code = "pickup-kind-wrong"

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)


class AmountTooLarge(Invalid):
    """It fits into no vehicle of the slot. `extra`: the most of the unit that would."""

    code = "pickup-amount-too-large"

    def __init__(self, most: int = AMOUNT_MOST) -> None:
        super().__init__(most=most)


class NotFiled(Conflict):
    """双报备: `extra` says what is missing: filing, property, committee, fee, amount."""

    code = "renovation-not-filed"

    def __init__(self, missing: Sequence[str], left: int = 0) -> None:
        super().__init__(missing=list(missing), left=left)


class FilingDecided(Conflict):
    code = "renovation-filing-decided"

    def __init__(self, state: str) -> None:
        super().__init__(state=state)


class FilingInUse(Conflict):
    """Pickups of it are under way: they are done or cancelled first."""

    code = "renovation-filing-in-use"


class CommitmentMissing(Invalid):
    """Nothing is filed without the signed commitment. `extra`: the version that is in force."""

    code = "renovation-commitment-missing"

    def __init__(self, version: str) -> None:
        super().__init__(version=version)


class FilingDaysWrong(Invalid):
    """They are over, in the wrong order, or too many. `extra`: how many at most."""

    code = "renovation-filing-days"


class FilingReasonMissing(Invalid):
    """Whoever refuses says why."""

    code = "renovation-filing-reason"


class ScheduleWrong(Invalid):
    """Its end is not after its beginning; or a price beyond the quota that is lower than the one within."""

    code = "pickup-schedule-wrong"


class RecurrencesTooMany(Invalid):
    """`extra`: how many of a shop go on at the most."""

    code = "pickup-rules-too-many"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class NothingToPay(Conflict):
    code = "pickup-nothing-to-pay"


class NothingToReturn(Conflict):
    code = "pickup-nothing-to-return"


class PaymentUnavailable(Conflict):
    """The provider did not answer; whether it took the payment is asked again. Nothing is lost."""

    code = "pickup-payment-unavailable"


class NoticeRefused(Forbidden):
    """A notice that the provider did not sign, an old one, or one that does not fit the payment."""

    code = "payment-notice-refused"
