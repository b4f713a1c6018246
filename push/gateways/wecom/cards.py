"""A message as WeCom takes it: a card with buttons for what can be accepted, else a plain card, else plainer. Pure.

Built from the message alone, with no clock in it: WeCom's check for repeats compares whole requests, so the same
delivery has to be the same request at each attempt, and another one where somebody had it sent once more.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from push.channels import Recipient
from push.gateways import Outgoing
from push.gateways.wecom import return_reasons, task_ids
from push.gateways.wecom.fitting import chars, html_in_bytes, in_bytes, markdown
from push.gateways.wecom.labels import labels
from push.gateways.wecom.settings import Capability, WecomSettings

ACCEPT, RETURN = "accept", "return"
"""The keys of the buttons, as a tap brings them back."""
REPEATS_WITHIN_S = 14_400
"""The longest that WeCom looks back for a request that is the same; all attempts of a delivery take forty minutes."""
_TO_ACCEPT = frozenset(
    (
        *("OrderDispatched", "OfferEnded", "OrderReassigned", "OrderPassedOn", "OrderHandedOver"),
        *("OrderReturned", "OrderRezoned"),
    )
)
"""After these facts an order waits for whoever is to handle it."""
_TITLE_BYTES, _TEXT_BYTES, _PLAIN_BYTES = 128, 512, 2048
_CARD_TITLE, _CARD_DESC, _CARD_VALUE, _CARD_SUB_TITLE = 36, 44, 30, 160
_SHANGHAI = ZoneInfo("Asia/Shanghai")
Content = dict[str, Any]


def request_for(message: Outgoing, settings: WecomSettings) -> Content:
    """The body of /cgi-bin/message/send for this message, in the best form that this WeCom has."""
    if has_buttons(message, settings):
        return _addressed(message, settings, "template_card", button_card(message))
    return plain_request_for(message, settings)


def plain_request_for(message: Outgoing, settings: WecomSettings) -> Content:
    """The same without buttons."""
    if Capability.TEXTCARD in settings.capabilities:
        return _addressed(message, settings, "textcard", text_card(message))
    if Capability.MARKDOWN in settings.capabilities:
        return _addressed(message, settings, "markdown", {"content": _markdown(message)})
    return _addressed(message, settings, "text", {"content": _text(message)})


def has_buttons(message: Outgoing, settings: WecomSettings) -> bool:
    """Whether it can be accepted from the card: one message, to whoever is to handle the order."""
    is_to_accept = message.kind in _TO_ACCEPT and message.recipient == Recipient.HANDLER
    return settings.has_buttons and is_to_accept and message.order_id is not None and message.count == 1


def text_card(message: Outgoing) -> Content:
    """文本卡片. Its description is HTML: what people wrote is escaped."""
    due = _due(message)
    highlight = f'<div class="highlight">{due}</div>' if due else ""
    frame = f'<div class="normal"></div>{highlight}'
    body = html_in_bytes(message.body or message.title, _TEXT_BYTES - len(frame.encode()))
    return {
        "title": in_bytes(message.title, _TITLE_BYTES),
        "description": f'<div class="normal">{body}</div>{highlight}',
        "url": _link(message),
        "btntxt": labels(message.language).view,
    }


def button_card(message: Outgoing) -> Content:
    """按钮交互型: 接单, and 退单 with the reason chosen on the card."""
    assert message.order_id is not None
    details, said = message.details, labels(message.language)
    return {
        "card_type": "button_interaction",
        "source": {"desc": said.source, "desc_color": 3 if message.is_urgent else 0},
        "main_title": {
            "title": chars(message.title, _CARD_TITLE),
            "desc": chars(details.place, _CARD_DESC),
        },
        "sub_title_text": chars(message.body, _CARD_SUB_TITLE),
        "horizontal_content_list": [
            {"keyname": name, "value": chars(value, _CARD_VALUE)}
            for name, value in (
                (said.number, details.number),
                (said.accept_by, _clock(details.respond_by)),
                (said.due_by, _clock(details.due_by)),
            )
            if value
        ],
        "card_action": {"type": 1, "url": _link(message)},
        "task_id": task_ids.task_id(message.order_id, message.delivery_id, message.resent_at),
        "button_selection": return_reasons.selection(said),
        "button_list": [
            {"text": said.accept, "style": 1, "key": ACCEPT},
            {"text": said.give_back, "style": 2, "key": RETURN},
        ],
    }


def _addressed(message: Outgoing, settings: WecomSettings, kind: str, content: Mapping[str, Any]) -> Content:
    request = {"touser": message.address, "msgtype": kind, "agentid": settings.agent_id, kind: content}
    if Capability.DUPLICATE_CHECK in settings.capabilities:
        request |= {"enable_duplicate_check": 1, "duplicate_check_interval": REPEATS_WITHIN_S}
    return request


def _markdown(message: Outgoing) -> str:
    link = f"\n[{labels(message.language).view}]({_link(message)})"
    words = f"**{markdown(in_bytes(message.title, _TITLE_BYTES))}**\n"
    left = _PLAIN_BYTES - len((words + link).encode())
    return words + in_bytes(markdown(message.body), left) + link


def _text(message: Outgoing) -> str:
    link = f"\n{_link(message)}"
    words = f"{in_bytes(message.title, _TITLE_BYTES)}\n"
    return words + in_bytes(message.body, _PLAIN_BYTES - len((words + link).encode())) + link


def _link(message: Outgoing) -> str:
    """The page, under an address of its own for each time that somebody had it sent."""
    return message.url + (f"?again={message.resent_at.timestamp():.0f}" if message.resent_at else "")


def _due(message: Outgoing) -> str:
    due_by = message.details.due_by
    return labels(message.language).until.format(_clock(due_by)) if due_by else ""


def _clock(at: datetime | None) -> str:
    return at.astimezone(_SHANGHAI).strftime("%m-%d %H:%M") if at else ""
