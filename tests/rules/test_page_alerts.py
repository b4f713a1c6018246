"""What an open page rings for: a new order for its reader, and what is urgent, in quiet hours that alone."""

import pytest

from push.page_alerts import Unread, ring_of, rings_urgently

CASES = [
    # kind, recipient, priority, rings by day, rings in quiet hours or muted, rings urgently
    ("OrderDispatched", "handler", "P3", True, False, False),
    ("OrderReassigned", "handler", "P2", True, False, False),
    ("OfferEnded", "handler", "P4", True, False, False),
    ("OrderDispatched", "handler", "P1", True, True, True),
    ("OrderDispatched", "supervisor", "P3", False, False, False),
    ("OrderDispatched", "supervisor", "P0", True, True, True),
    ("OrderEscalated", "escalated", "P1", True, True, True),
    ("OrderEscalated", "escalated", "P3", False, False, False),
    ("OrderUrged", "handler", "P3", False, False, False),
    ("OrderUrged", "handler", "P0", True, True, True),
    ("OrderAccepted", "reporter", "P0", False, False, False),
    ("OrderFinished", "verifier", "P0", False, False, False),
    ("RequestAsked", "desk", "P1", False, False, False),
    ("OfferOpened", "volunteer", "P1", False, False, False),
    ("OrderReopened", "reporter", "P0", False, False, False),
]


@pytest.mark.parametrize(("kind", "recipient", "priority", "by_day", "at_any_hour", "is_urgent"), CASES)
def test_each_message_rings_for_whom_it_calls_and_when(kind, recipient, priority, by_day, at_any_hour, is_urgent):
    message = unread(1, kind, recipient, priority)

    assert bool(ring_of([message], [], is_quiet=False)) is by_day
    assert bool(ring_of([message], [], is_quiet=True)) is at_any_hour
    assert bool(ring_of([message], [kind], is_quiet=False)) is at_any_hour
    assert rings_urgently(message) is is_urgent


def test_an_urgent_one_rings_before_a_later_one_that_is_not():
    later, urgent = unread(9, "OrderDispatched", "handler", "P3"), unread(8, "OrderDispatched", "handler", "P0")

    ring = ring_of([later, urgent], [], is_quiet=False)

    assert ring is not None and (ring.message_id, ring.is_urgent) == (8, True)
    assert ring_of([], [], is_quiet=False) is None


def unread(id: int, kind: str, recipient: str, priority: str) -> Unread:
    return Unread(id=id, kind=kind, recipient=recipient, priority=priority, title_zh="新工单", title_en="New order")
