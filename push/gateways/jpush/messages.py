"""A delivery as JPush takes it, for one phone.

Orders are service messages everywhere (系统消息, 服务与通讯类): as marketing, most makers of phones show two a day. The
classes must have been granted by the makers; see docs/push.md.
"""

from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

from push.gateways import Outgoing
from push.gateways.answers import clipped
from push.gateways.jpush.settings import JPushSettings

_TITLE_WIDTH, _ALERT_WIDTH = 40, 100
"""What vivo shows, the strictest of all: a Han character counts as two. It refuses what is longer."""
_LONGEST_S = 3 * 86_400
_SERVICE = 1


def push_of(each: Outgoing, settings: JPushSettings, now: datetime) -> dict[str, Any]:
    """The body of the request, without `cid`."""
    platform = each.platform if each.platform in ("android", "ios", "hmos") else "android"
    title, alert = _fitting(each.title, _TITLE_WIDTH), _fitting(each.body, _ALERT_WIDTH) or _fitting(each.title, 40)
    return {
        "platform": [platform],
        "audience": {"registration_id": [each.address]},
        "notification": {platform: _SHAPES[platform](each, title, alert)},
        "options": {
            "time_to_live": min(max(0, int((each.expires_at - now).total_seconds())), _LONGEST_S),
            "apns_production": True,
            "apns_collapse_id": f"d{each.delivery_id}",
            "classification": _SERVICE,
            "third_party_channel": _classes(settings),
        },
    }


def _android(each: Outgoing, title: str, alert: str) -> dict[str, Any]:
    return {
        "alert": alert,
        "title": title,
        "channel_id": "urgent_orders" if each.is_urgent else "orders",
        "category": "WORK",
        "priority": 2 if each.is_urgent else 0,
        "intent": {"url": each.url},
        "extras": _extras(each),
    }


def _ios(each: Outgoing, title: str, alert: str) -> dict[str, Any]:
    thread = "inbox" if each.order_id is None else f"order-{each.order_id}"
    return {
        "alert": {"title": title, "body": alert},
        "sound": "default",
        "badge": "+1",
        "thread-id": thread,
        "interruption-level": "time-sensitive" if each.is_urgent else "active",
        "extras": _extras(each),
    }


def _hmos(each: Outgoing, title: str, alert: str) -> dict[str, Any]:
    return {
        "alert": alert,
        "title": title,
        "category": "WORK",
        "intent": {"url": each.url},
        "badge_add_num": 1,
        "push_type": 0,
        "extras": _extras(each),
    }


_SHAPES = {"android": _android, "ios": _ios, "hmos": _hmos}


def _extras(each: Outgoing) -> dict[str, str]:
    return {
        "delivery_id": str(each.delivery_id),
        "message_id": str(each.message_id),
        "kind": each.kind,
        "url": each.url,
        **({"order_id": str(each.order_id)} if each.order_id is not None else {}),
    }


def _classes(settings: JPushSettings) -> dict[str, dict[str, Any]]:
    """As which class each maker of phones takes it."""
    classes: dict[str, dict[str, Any]] = {
        "huawei": {"importance": "NORMAL", "category": "WORK"},
        "honor": {"importance": "NORMAL"},
        "vivo": {"classification": _SERVICE, "category": "TODO"},
        "oppo": {"category": "TODO", "notify_level": 2},
    }
    if settings.oppo_channel:
        classes["oppo"]["channel_id"] = settings.oppo_channel
    if settings.xiaomi_channel:
        classes["xiaomi"] = {"channel_id": settings.xiaomi_channel}
    return classes


def _fitting(text: str, width: int) -> str:
    """As much of it as is so wide at most, in columns."""
    text = clipped(text, width)
    while sum(_width(each) for each in text) > width:
        text = text.removesuffix("…")[:-1] + "…"
    return text


def _width(character: str) -> int:
    return 2 if east_asian_width(character) in "WFA" else 1
