"""Which messages an open page rings for, and how: a new order, a broadcast for the reader, and what is urgent. Pure.

Quiet hours and muted kinds hold here as they do for phones (`preferences.py`): urgent orders ring all the same for
whoever works on them. Everything else is counted in the bar and makes no sound.
"""

from collections.abc import Collection, Iterable

import msgspec

from backend.emergencies.events import BroadcastSent, BroadcastUnanswered, EmergencyBegan
from backend.orders.model import events
from backend.orders.model.rules import is_urgent
from backend.structs import Read
from push.channels import Recipient
from push.superseding import GIVEN

_NEW = frozenset(kind.name() for kind in GIVEN)
_URGENT = _NEW | {
    kind.name()
    for kind in (
        events.OrderEscalated,
        events.OrderUrged,
        events.OrderSupervised,
        events.OrderSentBack,
        events.OrderReopened,
        BroadcastSent,
        BroadcastUnanswered,
        EmergencyBegan,
    )
}
_NEVER = (Recipient.REPORTER, Recipient.VOLUNTEER)
"""They work on nothing that somebody else gave them."""


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was not looked at."""

    id: int
    kind: str
    recipient: str
    priority: str
    title_zh: str
    title_en: str


class Ring(Read, frozen=True, kw_only=True):
    """What a page is to ring for."""

    message_id: int
    is_urgent: bool
    title_zh: str
    title_en: str


def rings_urgently(message: Unread) -> bool:
    """Whether it rings at any hour."""
    return is_urgent(message.priority) and message.kind in _URGENT and message.recipient not in _NEVER


def rings(message: Unread, muted: Collection[str], *, is_quiet: bool) -> bool:
    """Whether a page rings for it. `is_quiet`: whether its reader wants quiet now."""
    if rings_urgently(message):
        return True
    is_new = message.kind in _NEW and message.recipient == Recipient.HANDLER
    return is_new and not is_quiet and message.kind not in muted


def ring_of(messages: Iterable[Unread], muted: Collection[str], *, is_quiet: bool) -> Ring | None:
    """The one to ring for: an urgent one before others, else the first that rings."""
    found = [each for each in messages if rings(each, muted, is_quiet=is_quiet)]
    first = next((each for each in found if rings_urgently(each)), found[0] if found else None)
    if first is None:
        return None
    said = {"title_zh": first.title_zh, "title_en": first.title_en}
    return Ring(message_id=first.id, is_urgent=rings_urgently(first), **said)
