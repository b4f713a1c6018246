"""Facts about pickups that no order tells."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class PickupFact(Fact, frozen=True, kw_only=True):
    """About a booking of a shop. `account_ids`: whoever acts for the shop."""

    subject: ClassVar[str] = "pickup"
    shop_id: int
    shop: str
    waste: str
    """The kind of it: see kinds.py."""
    acted_by_id: int | None = None
    """Who said so; None where the clock did."""


class PickupMissed(PickupFact, frozen=True, kw_only=True):
    """Nobody came in time, or nobody could get there. `reason`: see RefusalReason; empty where nobody said anything."""

    reason: str = ""


class PickupRefused(PickupFact, frozen=True, kw_only=True):
    """The crew took nothing, for a reason that the shop can mend: see RefusalReason."""

    reason: str


class PickupReplanned(PickupFact, frozen=True, kw_only=True):
    """What was missed has another slot, first in line. The subject is the new booking."""

    starts_at: datetime
    ends_at: datetime


class PickupNotBooked(PickupFact, frozen=True, kw_only=True):
    """A recurring pickup found no free slot on its day. The subject is the recurrence."""

    on_date: str
