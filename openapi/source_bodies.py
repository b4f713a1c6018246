"""What sources send. Their handlers read it by hand, to keep what cannot be read; so it is described here."""

from typing import Any

import msgspec

from backend.intake.records.decoding import BATCH_MOST
from backend.intake.structs import Incoming

KEY = "source_key"
"""The security scheme of sources."""
_ONE, _MANY, _SIGNED = "receive_message", "receive_messages", "receive_webhook"
_KEYED = (_ONE, _MANY, "list_receipts")
_SIGNATURE = ("webhook-id", "webhook-timestamp", "webhook-signature")


def describe(operation: dict[str, Any]) -> None:
    """Add body, headers and security to an operation of sources; any other one stays as it is."""
    name = operation["operationId"]
    if name in _KEYED:
        operation["security"] = [{KEY: []}]
    if name == _SIGNED:
        headers = [{"name": each, "in": "header", "schema": {"type": "string"}} for each in _SIGNATURE]
        operation["parameters"] = [*operation.get("parameters", []), *headers]
    bodies = {_ONE: _message, _SIGNED: _message, _MANY: _batch}
    if name in bodies:
        operation["requestBody"] = {"content": {"application/json": {"schema": bodies[name]()}}, "required": True}


def is_of_source(name: str) -> bool:
    """Whether an operation is for sources, which may be refused for key and rights."""
    return name in (*_KEYED, _SIGNED)


def _message() -> dict[str, Any]:
    schema = msgspec.json.schema(Incoming)
    return _resolved(schema, schema["$defs"])


def _batch() -> dict[str, Any]:
    messages = {"type": "array", "items": _message(), "maxItems": BATCH_MOST}
    return {"type": "object", "properties": {"messages": messages}, "required": ["messages"]}


def _resolved(node: Any, known: dict[str, Any]) -> Any:
    """Every reference in place, and the lengths of words as JSON Schema says them."""
    if isinstance(node, list):
        return [_resolved(each, known) for each in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return _resolved(known[node["$ref"].rpartition("/")[2]], known)
    words = {"maxLength": node["extra"]["max_length"]} if "extra" in node else {}
    return {key: _resolved(value, known) for key, value in node.items() if key not in ("$defs", "extra")} | words
