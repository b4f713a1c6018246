"""Every fact that somebody hears of has words in both languages, and somebody who hears it."""

from backend.orders.model import events
from backend.orders.model.events import OrderFact
from backend.wiring import WHEN
from push.kinds import KINDS
from push.wording import TITLES

FACTS = {
    kind
    for kind in vars(events).values()
    if isinstance(kind, type) and issubclass(kind, OrderFact) and kind is not OrderFact
}


def test_every_fact_about_an_order_has_words():
    assert set(TITLES) == FACTS


def test_every_fact_about_an_order_is_heard_by_somebody():
    assert {kind for kind in WHEN if issubclass(kind, OrderFact)} == FACTS


def test_every_kind_of_message_can_be_muted_and_no_other():
    silent = {
        "push.seen.acknowledge",
        "push.seen.acknowledge_broadcasts",
        "push.card_endings.end_cards",
        "push.account_merges.merge_recipients",
    }
    loud = {
        kind.name()
        for kind, reactions in WHEN.items()
        if any(name.startswith("push.") and name not in silent for name in map(_name, reactions))
    }

    assert loud == set(KINDS)


def _name(reaction: object) -> str:
    return f"{reaction.__module__}.{reaction.__name__}"  # type: ignore[attr-defined]
