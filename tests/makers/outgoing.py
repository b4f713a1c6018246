"""A message as a gateway is given it."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from push.gateways import Outgoing
from push.structs import Details

_numbers = count(1)
NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
TITLE, BODY = "新工单:占道经营", "幸福路12号张三小吃店门口"


def make_outgoing(address: str, **other: Any) -> Outgoing:
    """An order for a handler, about which nothing is special but what the test says."""
    number = next(_numbers)
    usual: dict[str, Any] = {
        "delivery_id": number,
        "message_id": number,
        "address": address,
        "address_kind": "token",
        "platform": "android",
        "kind": "OrderDispatched",
        "title": TITLE,
        "body": BODY,
        "url": f"https://yima.example/inbox/{number}",
        "order_id": 7,
        "details": Details(
            number="20261127-0007",
            item_zh="占道经营",
            item_en="Street vending",
            place="幸福路12号",
            stage_zh="新工单",
            stage_en="New order",
            due_by=NOW + timedelta(hours=4),
        ),
        "is_urgent": True,
        "expires_at": NOW + timedelta(hours=2),
    }
    return Outgoing(**usual | other)
