"""What stands in a text message: short values for the variables of a template that the vendor approved. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta, timezone

from push.gateways import Outgoing
from push.gateways.answers import clipped

_SHANGHAI = timezone(timedelta(hours=8))
_LINK = re.compile(r"(?:https?://|www\.)\S*|\b[\w-]+\.(?:com|cn|net|org|gov|top|vip|xyz)\b\S*", re.IGNORECASE)
"""Both vendors refuse links as values: a fixed address belongs into the template."""
_MAINLAND = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
LINK, LINK_HOST = "link", "https://wxaurl.cn"
"""The variable behind the host of WeChat's links, which stands in the template's text."""
_NOTHING = "-"
"""Both refuse an empty value."""


def _due(each: Outgoing) -> str:
    due_by = each.details.due_by
    return f"{due_by.astimezone(_SHANGHAI):%m-%d %H:%M}" if due_by else ""


def _in_language(zh: str, en: str, language: str) -> str:
    return (en or zh) if language == "en" else zh


_VALUES: Mapping[str, Callable[[Outgoing], str]] = {
    "stage": lambda each: _in_language(each.details.stage_zh, each.details.stage_en, each.language),
    "item": lambda each: _in_language(each.details.item_zh, each.details.item_en, each.language),
    "place": lambda each: each.details.place,
    "due": _due,
    "number": lambda each: each.details.number,
    "message": lambda each: str(each.message_id),
}
KNOWN = tuple(_VALUES)
"""What a template may name: what happened, the item, the place, until when (Shanghai time), the order's number, and the
message's own, for a link whose address stands in the template."""
USUAL = KNOWN[:-1]
"""Without a link."""


def values_of(each: Outgoing, names: Sequence[str], most: int) -> dict[str, str]:
    """A value for each of these names, of at most so many characters, in their order."""
    return {name: _fit(_VALUES[name](each), most) for name in names}


def ending_of(link: str, most: int) -> str:
    """What differs from link to link, as the last variable of a template in whose text the rest of it stands.

    Empty for a link that is not of WeChat's host, or whose end does not fit: half a link leads nowhere.
    """
    ending = link.removeprefix(f"{LINK_HOST}/")
    return ending if ending != link and ending.isascii() and ending.isalnum() and len(ending) <= most else ""


def reference_of(each: Outgoing) -> str:
    """Under which the vendor names the message in its reports of delivery."""
    return f"d{each.delivery_id}"


def mainland_number(phone: str) -> str | None:
    """The eleven digits of a mobile number of the mainland, however it was written; None for any other."""
    found = _MAINLAND.fullmatch(re.sub(r"[\s()-]", "", phone))
    return found.group(1) if found else None


def _fit(text: str, most: int) -> str:
    return clipped(_LINK.sub("", text), most) or _NOTHING
