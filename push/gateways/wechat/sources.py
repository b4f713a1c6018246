"""What a field of a template may say: the parts of a message, by name. Pure."""

from collections.abc import Callable
from datetime import datetime

from push.gateways import Outgoing
from push.gateways.wechat.phrases import PHRASES

Said = str | datetime | int | None


def _said_in(language: str, zh: str, en: str) -> str:
    return (en or zh) if language == "en" else zh


SOURCES: dict[str, Callable[[Outgoing], Said]] = {
    "title": lambda message: message.title,
    "body": lambda message: message.body,
    "number": lambda message: message.details.number,
    "item": lambda message: _said_in(message.language, message.details.item_zh, message.details.item_en),
    "place": lambda message: message.details.place,
    "stage": lambda message: _said_in(message.language, message.details.stage_zh, message.details.stage_en),
    "phrase": lambda message: PHRASES.get(message.kind, ""),
    "due": lambda message: message.details.due_by,
    "respond": lambda message: message.details.respond_by,
    "count": lambda message: message.count,
    "now": lambda _: None,
}
"""`phrase`: at most five Chinese characters. `due`, `respond`: deadlines. `now`: when it is sent."""


def said(message: Outgoing, name: str, now: datetime) -> Said:
    """What the message says under this name; None or empty where it says nothing."""
    return now if name == "now" else SOURCES[name](message)
