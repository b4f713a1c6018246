"""A reaction: cards whose order is somebody's by now, or nobody's any more, say so in place of their buttons."""

from collections.abc import Sequence

from backend import db
from backend.accounts import queries as accounts
from backend.events.facts import Recorded, reread
from backend.orders.model import events
from backend.orders.model.events import OrderFact
from push.gateways.wecom import card_store
from push.gateways.wecom.card_store import CardWords
from push.gateways.wecom.fitting import chars

_WORDS: dict[str, tuple[str, str]] = {
    events.OrderOffered.name(): ("已放入抢单池", "On offer"),
    events.OrderOfferedAgain.name(): ("已放入抢单池", "On offer"),
    events.OrderReturned.name(): ("已退单", "Returned"),
    events.OrderPassedOn.name(): ("已转派", "Passed on"),
    events.OrderHandedOver.name(): ("已移交", "Handed over"),
    events.OrderRezoned.name(): ("已转出", "In another area"),
    events.OrderReassigned.name(): ("已改派", "Reassigned"),
    events.OrderCancelled.name(): ("已作废", "Cancelled"),
    events.OrderMerged.name(): ("已并案", "Merged"),
}
BUTTON_CHARS = 20
_NAME_CHARS = 12
_HAS_CARDS = "SELECT EXISTS (SELECT FROM wecom_card WHERE order_id = ANY($1::bigint[]) AND words = '')"


def accepted_by(name: str) -> tuple[str, str]:
    """What the card says to everybody once somebody has the order, in Chinese and English."""
    short = chars(name, _NAME_CHARS)
    return (f"已被{short}接单", f"Taken by {short}") if name else ("已被接单", "Taken")


async def end_cards(recorded: Sequence[Recorded]) -> None:
    """Cards that went out before these facts lose their buttons; nothing is asked of towns without WeCom."""
    if not await db.fetchval(_HAS_CARDS, [entry.subject_id for entry in recorded]):
        return
    facts = [(entry, reread(entry, OrderFact)) for entry in recorded]
    names = await accounts.list_names([fact.handler_id for _, fact in facts if fact.handler_id is not None])
    await card_store.say_of_orders([_ending(entry, _words(entry, fact, names)) for entry, fact in facts])


def _ending(entry: Recorded, words: tuple[str, str]) -> CardWords:
    zh, en = words
    return CardWords(order_id=entry.subject_id, event_id=entry.id, words_zh=zh, words_en=en)


def _words(entry: Recorded, fact: OrderFact, names: dict[int, str]) -> tuple[str, str]:
    if entry.name == events.OrderAccepted.name():
        return accepted_by(names.get(fact.handler_id or 0, ""))
    return _WORDS[entry.name]
