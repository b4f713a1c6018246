"""Every fact that somebody hears of has words in both languages, and somebody who hears it."""

from backend.orders.model import events
from backend.orders.model.events import OrderFact
from backend.wiring import WHEN
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
