"""What a member pressed on a card, read out of WeCom's XML (template_card_event). Pure.

The vendor spells an option's element OpitonId; OptionId is read as well, in case it mends that. wechatpy 1.8.18 knows
this event not at all (findings/wechatpy_reads_no_template_card_event.sh).
"""

import hashlib
from collections.abc import Mapping
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_EVENT = "template_card_event"
_OPTIONS = ("OpitonId", "OptionId")


class CallbackUnreadable(ValueError):
    """It came sealed by WeCom, and is no XML that we can read."""


class CardTap(msgspec.Struct, frozen=True, kw_only=True):
    """`userid`: who pressed, in lower case: WeCom tells none apart. `key`: which button. `selected`: by question."""

    userid: str
    key: str
    task_id: str
    response_code: str
    created_at_s: str
    """The vendor's instant of the tap: what tells a repeat of the callback from a second tap, with the code."""
    agent_id: str
    selected: Mapping[str, list[str]] = {}

    @property
    def digest(self) -> bytes:
        """The same for the vendor's repeats, and for no other tap."""
        parts = (self.userid, self.key, self.task_id, self.response_code, self.created_at_s)
        return hashlib.sha256(msgspec.json.encode(parts)).digest()


def encrypted_in(body: bytes) -> str:
    """What stands in the envelope. Raises CallbackUnreadable."""
    return _text(_parsed(body), "Encrypt")


def read(message: bytes) -> CardTap | None:
    """The tap in a message in clear; None for every other event. Raises CallbackUnreadable."""
    event = _parsed(message)
    if _text(event, "Event") != _EVENT:
        return None
    return CardTap(
        userid=_text(event, "FromUserName").lower(),
        key=_text(event, "EventKey"),
        task_id=_text(event, "TaskId"),
        response_code=_text(event, "ResponseCode"),
        created_at_s=_text(event, "CreateTime"),
        agent_id=_text(event, "AgentID"),
        selected={_text(item, "QuestionKey"): _options(item) for item in event.iter("SelectedItem")},
    )


def _options(item: Element) -> list[str]:
    return [(each.text or "").strip() for name in _OPTIONS for each in item.iter(name)]


def _text(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _parsed(body: bytes) -> Element:
    try:
        return fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise CallbackUnreadable from error
