"""A message as a template takes it. Pure."""

from datetime import datetime
from typing import Any

from push.gateways import Outgoing
from push.gateways.wechat.settings import Template
from push.gateways.wechat.sources import said
from push.gateways.wechat.values import fit, kind_of


class Unfilled(Exception):
    """A field of the template for which the message says nothing that fits."""


def body_of(message: Outgoing, template: Template, state: str, now: datetime) -> dict[str, Any]:
    """The request that sends the message by the template. Raises Unfilled with the field's key."""
    return {
        "touser": message.address,
        "template_id": template.id,
        "page": template.page_of(message.message_id, message.order_id),
        "miniprogram_state": state,
        "lang": "zh_CN" if message.language == "zh" else "en_US",
        "data": {key: {"value": _value(message, key, names, now)} for key, names in template.data.items()},
    }


def _value(message: Outgoing, key: str, names: str, now: datetime) -> str:
    if names.startswith("="):
        return names[1:]
    for name in names.split("|"):
        part = said(message, name, now)
        if part not in (None, "") and (value := fit(kind_of(key), part)):
            return value
    if value := fit(kind_of(key), ""):
        return value
    raise Unfilled(key)
