"""Who did what a message is about: nobody is notified of an act of their own. Pure."""

import msgspec

from backend.committees.changes import events as duty_changes
from backend.events.facts import Fact, Recorded
from shops.complaints import events as complaints
from shops.register import events as shops

ACTOR = "acted_by_id"
"""The field in which most facts say who did it; None where the clock did."""
_ELSEWHERE: dict[type[Fact], str] = {
    duty_changes.DutyChangeRequested: "requested_by_id",
    duty_changes.DutyChangeGranted: "decided_by_id",
    duty_changes.DutyChangeRefused: "decided_by_id",
    complaints.IdentityOpeningAsked: "asked_by_id",
    complaints.IdentityOpeningDecided: "decided_by_id",
    shops.ShopHandedOver: "by_id",
    shops.ShopPersonLeft: "by_id",
}
_FIELDS = {kind.name(): field for kind, field in _ELSEWHERE.items()}


class _Actors(msgspec.Struct, frozen=True):
    acted_by_id: int | None = None
    requested_by_id: int | None = None
    decided_by_id: int | None = None
    asked_by_id: int | None = None
    by_id: int | None = None


def actor_field(kind: str) -> str:
    """The field in which a fact of this name says who did it."""
    return _FIELDS.get(kind, ACTOR)


def actor_of(entry: Recorded) -> int | None:
    """The account that did it; None where nobody did, or the fact does not say who."""
    return getattr(msgspec.json.decode(entry.body, type=_Actors), actor_field(entry.name))
