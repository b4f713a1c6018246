"""Messages as the WeCom gateway gets them, and settings of an instance that has WeCom."""

from datetime import UTC, datetime
from typing import Any

from push.channels import Recipient
from push.gateways import Outgoing
from push.gateways.wecom import settings
from push.gateways.wecom.settings import WecomSettings
from push.structs import Details

ENVIRONMENT = {
    "YIMA_WECOM_CORPID": "ww00000000000000fa",
    "YIMA_WECOM_AGENT_ID": "1000002",
    "YIMA_WECOM_SECRET": "secret",
    "YIMA_WECOM_TOKEN": "token",
    "YIMA_WECOM_AES_KEY": "A" * 42 + "E",
}
RESPOND_BY, DUE_BY = datetime(2021, 7, 18, 0, 57, tzinfo=UTC), datetime(2021, 7, 18, 1, 7, tzinfo=UTC)


def settings_of(**changes: str) -> WecomSettings:
    return settings.read(ENVIRONMENT | changes)


def outgoing(**changes: Any) -> Outgoing:
    """A new order for its handler."""
    usual: dict[str, Any] = {
        "delivery_id": 31,
        "message_id": 7,
        "address": "zhangsan",
        "kind": "OrderDispatched",
        "recipient": Recipient.HANDLER,
        "title": "新工单:非机动车乱停放",
        "body": "莲安东路近莲溪路 · BC20210718-000123 · 07-18 08:57 前接单,07-18 09:07 前处置",
        "url": "https://yima.example/inbox/7",
        "order_id": 12,
        "details": Details(
            number="BC20210718-000123",
            item_zh="非机动车乱停放",
            place="莲安东路近莲溪路",
            stage_zh="新工单",
            respond_by=RESPOND_BY,
            due_by=DUE_BY,
        ),
        "is_urgent": True,
        "expires_at": DUE_BY,
    }
    return Outgoing(**usual | changes)
