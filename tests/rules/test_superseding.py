"""What makes which earlier message about an order old news: every kind is either ended with its order or stays news."""

from itertools import pairwise

from backend import wiring
from backend.orders.model import events
from backend.orders.model.events import OrderFact
from push.superseding import FOR_ALL, FOR_NOTIFIED, GIVEN, SUPERSEDING
from push.wording import TITLES

STAYS = {
    events.RequestDecided: "the answer to the reader's own request",
    events.OrderRated: "what somebody thinks of the work",
    events.OrderObjected: "the desk has to look at it, though the order is closed",
    events.OrderJoined: "somebody else reported it",
    events.OrderTookIn: "another order is part of it",
    events.OrderLetGo: "another order is no part of it any more",
    events.OrderOffered: "nobody is notified of it",
}
ENDS = (events.OrderClosed, events.OrderCancelled, events.OrderMerged)


def test_the_end_of_an_order_leaves_nothing_unread_but_what_is_said_to_stay():
    for end in ENDS:
        assert set(TITLES) - set(FOR_ALL[end]) - set(ENDS) == STAYS.keys()


def test_a_new_order_is_none_any_more_once_a_colleague_has_it_or_it_went_elsewhere():
    for kind in (events.OrderAccepted, events.OrderGrabbed, events.HandlerArrived, *GIVEN, events.OrderFinished, *ENDS):
        assert set(GIVEN) <= set(FOR_ALL[kind]), kind.name()


def test_the_stages_of_an_order_stand_for_those_before_where_both_are_told():
    stages = (events.OrderAccepted, events.HandlerArrived, events.OrderFinished, events.OrderPassedOnce)
    for earlier, later in pairwise(stages):
        assert earlier in FOR_NOTIFIED[later], later.name()
        assert earlier not in FOR_ALL.get(later, ()), "who is not told of the later stage still has to see the earlier"


def test_what_supersedes_is_notified_of_first():
    for kind in SUPERSEDING:
        names = wiring.REACTIONS[kind.name()]
        assert names[-1] == "push.superseding.supersede"
        assert any(name.startswith("push.notify") for name in names), kind.name()


def test_only_facts_about_orders_are_in_the_tables():
    assert all(issubclass(kind, OrderFact) for earlier in FOR_ALL.values() for kind in earlier)
