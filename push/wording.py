"""What people are told about a fact, in Chinese and English. Pure. Times are said in Shanghai time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from backend.orders.events import (
    HandlerArrived,
    OrderAccepted,
    OrderClosed,
    OrderDispatched,
    OrderFact,
    OrderFinished,
    OrderSentBack,
)
from push.structs import Wording

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_TITLES: dict[type[OrderFact], tuple[str, str]] = {
    OrderAccepted: ("已接单", "Accepted"),
    HandlerArrived: ("处置人员已到场", "The handler has arrived"),
    OrderFinished: ("已处置,请核查", "Handled, please verify"),
    OrderClosed: ("已结案", "Closed"),
}


def say(fact: OrderFact) -> Wording:
    """The words for a fact."""
    zh, en = _title(fact)
    return Wording(
        title_zh=f"{zh}:{fact.item_zh}",
        title_en=f"{en}: {fact.item_en}",
        body_zh=f"{fact.place} · {fact.number}{_more_zh(fact)}",
        body_en=f"{fact.place} · {fact.number}{_more_en(fact)}",
    )


def _title(fact: OrderFact) -> tuple[str, str]:
    if isinstance(fact, OrderDispatched):
        return f"新工单,{_clock(fact.respond_by)} 前接单", f"New order, accept by {_clock(fact.respond_by)}"
    if isinstance(fact, OrderSentBack):
        return "返工", "Sent back"
    return _TITLES[type(fact)]


def _more_zh(fact: OrderFact) -> str:
    if isinstance(fact, OrderDispatched):
        return f" · {_clock(fact.resolve_by)} 前处置"
    return f" · {fact.reason}" if isinstance(fact, OrderSentBack) else ""


def _more_en(fact: OrderFact) -> str:
    if isinstance(fact, OrderDispatched):
        return f" · resolve by {_clock(fact.resolve_by)}"
    return f" · {fact.reason}" if isinstance(fact, OrderSentBack) else ""


def _clock(at: datetime) -> str:
    return at.astimezone(_SHANGHAI).strftime("%m-%d %H:%M")
