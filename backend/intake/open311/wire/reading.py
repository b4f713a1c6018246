"""Answers of other endpoints as plain rows, from XML or JSON, as tolerant as real servers make it necessary. Pure.

Roots are dropped or are not (FixMyStreet's own server keeps them in JSON), a list of one is an object, numbers come as
numbers or as text, empty is null, "" or an empty object: all of it is read as rows of text. Entities and document types
in XML are refused.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

from backend.intake.open311.wire.formats import WireFormat

Answer = dict[str, Any]
_LISTS = ("services", "service_requests", "requests", "service_request_updates", "errors", "attributes", "values")
_ELEMENTS = ("service", "request", "request_update", "error", "attribute", "value", "service_request_update")
_DEEPEST = 12


class AnswerUnreadable(ValueError):
    """Not a document of GeoReport v2. Says nothing of its contents."""


def rows(content: bytes, form: WireFormat) -> list[Answer]:
    """The rows of a list. Raises AnswerUnreadable."""
    read = _json(content) if form is WireFormat.JSON else _xml(content)
    try:
        return [each for each in _flattened(read) if isinstance(each, dict)]
    except RecursionError as error:
        raise AnswerUnreadable("too deep") from error


def text(row: Mapping[str, Any], *names: str) -> str:
    """The first field of these that says something, as text."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(value)
        if isinstance(value, str) and (said := value.replace("\0", "").strip()):
            return said
    return ""


def texts(row: Mapping[str, Any], name: str) -> list[str]:
    """Every text of a field that may come several times."""
    value = row.get(name)
    return [text({name: each}, name) for each in (value if isinstance(value, list) else [value]) if each]


def _flattened(value: Any) -> list[Any]:
    """Lists within wrappers, however deep."""
    if isinstance(value, list):
        return [inner for each in value for inner in _flattened(each)]
    if isinstance(value, dict) and len(value) == 1:
        [(name, inner)] = value.items()
        if name in (*_LISTS, *_ELEMENTS) and isinstance(inner, list | dict | None):
            return _flattened(inner) if inner else []
    return [] if value is None or value == "" else [value]


def _json(content: bytes) -> Any:
    try:
        return msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise AnswerUnreadable("no JSON") from error


def _xml(content: bytes) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise AnswerUnreadable("no XML") from error
    return {_name(root): _node(root, _DEEPEST)}


def _node(element: Any, deepest: int) -> Any:
    if deepest == 0:
        raise AnswerUnreadable("too deep")
    children = list(element)
    if not children:
        return (element.text or "").strip() or None
    found: dict[str, Any] = {}
    for child in children:
        value = _node(child, deepest - 1)
        name = _name(child)
        if name in found:
            earlier = found[name]
            found[name] = [*(earlier if isinstance(earlier, list) else [earlier]), value]
        else:
            found[name] = value
    return found


def _name(element: Any) -> str:
    """Without the namespace that some servers put in front."""
    return str(element.tag).rpartition("}")[2]
