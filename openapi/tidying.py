"""Make the generated document readable: plain schema names, no members that say nothing, true media types. Pure."""

import json
import re
from http import HTTPStatus
from typing import Any

_SAYS_NOTHING = {"deprecated": False, "allowEmptyValue": False, "allowReserved": False, "headers": {}}
_PHRASES = {status.description: status.phrase for status in HTTPStatus if status.description}
_TEXT = {"type": "string"}
_BYTES = {"type": "string", "format": "binary"}
# Answers whose handlers stream or draw: the generator takes them for JSON.
_MEDIA: dict[str, tuple[str, dict[str, Any]]] = {
    "live": ("text/event-stream", _TEXT),
    "live_tracking": ("text/event-stream", _TEXT),
    "get_media": ("image/jpeg", _BYTES),
    "get_code_image": ("image/svg+xml", _TEXT),
}


def tidy(document: dict[str, Any]) -> dict[str, Any]:
    return _without_noise(_with_plain_names(document))


def say_true_media_type(operation: dict[str, Any]) -> None:
    if operation["operationId"] in _MEDIA:
        media, schema = _MEDIA[operation["operationId"]]
        operation["responses"]["200"]["content"] = {media: {"schema": schema}}
    operation["responses"].get("204", {}).pop("content", None)


def _with_plain_names(document: dict[str, Any]) -> dict[str, Any]:
    """`Page_backend.orders.structs.OrderView_` becomes `PageOfOrderView`."""
    text = json.dumps(document)
    for long in document["components"]["schemas"]:
        if match := re.fullmatch(r"(\w+)_(?:\w+\.)*(\w+)_", long):
            text = text.replace(json.dumps(long), json.dumps(f"{match[1]}Of{match[2]}"))
            text = text.replace(f"/{long}", f"/{match[1]}Of{match[2]}")
    return json.loads(text)


def _without_noise(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_noise(each) for each in node]
    if not isinstance(node, dict):
        return _PHRASES.get(node, node) if isinstance(node, str) else node
    return {
        key: _without_noise(value)
        for key, value in node.items()
        if not (key in _SAYS_NOTHING and value == _SAYS_NOTHING[key])
    }
