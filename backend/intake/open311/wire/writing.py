"""Documents of GeoReport v2 in both formats, out of the same rows.

XML has no namespace and no attributes; a list is a wrapper around elements of one name. JSON drops the one root, makes
each wrapper an array and each empty element null. Every field of a row stands there in both, empty where nothing is
known: strict readers want it so.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from backend.intake.open311.wire.formats import WireFormat

Row = Mapping[str, Any]
Rows = Sequence[Row]

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_ELEMENTS = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "attributes": "attribute",
    "values": "value",
    "endpoints": "endpoint",
    "formats": "format",
}
"""What each entry of a list is called in XML."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write: they are left out."""


def document(root: str, content: Row | Rows, form: WireFormat) -> bytes:
    """A whole answer. `root`: the name of the outermost element, such as `service_requests`."""
    if form is WireFormat.JSON:
        return msgspec.json.encode(_as_json(content))
    return f"{DECLARATION}{_element(root, content)}\n".encode()


def _as_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _as_json(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(each) for each in value]
    return None if value == "" else value


def _element(name: str, value: Any) -> str:
    content = _content(name, value)
    return f"<{name}>{content}</{name}>" if content else f"<{name}/>"


def _content(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(_element(key, each) for key, each in value.items())
    if isinstance(value, list | tuple):
        return "".join(_element(_ELEMENTS[name], each) for each in value)
    return escape(_FORBIDDEN.sub("", _text(value)))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
