"""Who may open a sealed identity, and when. Pure."""

from datetime import datetime, timedelta

from backend.accounts.structs import Actor, Role
from shops.complaints.structs import AskedIdentity

OPENERS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
READABLE_FOR = timedelta(hours=24)


def may_open(actor: Actor, area_code: str) -> bool:
    """Whether one grant lets somebody ask or agree where the complaint lies."""
    return actor.holds(area_code, *OPENERS)


def may_decide(actor: Actor, opening: AskedIdentity) -> bool:
    """Two persons: whoever asked never agrees."""
    return actor.account_id != opening.asked_by_id


def may_read(actor: Actor, opening: AskedIdentity, now: datetime) -> bool:
    """The two persons themselves, for a day."""
    is_one_of_two = actor.account_id in (opening.asked_by_id, opening.decided_by_id)
    return is_one_of_two and opening.readable_until is not None and now < opening.readable_until
