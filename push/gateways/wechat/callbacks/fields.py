"""The fields of a callback, sent as JSON or as XML, whichever the console is set to. Pure.

Numbers come as numbers or as text and lists of one as the one: both are made alike here, so that a list is a list and
all else is text.
"""

from typing import Any
from xml.etree.ElementTree import Element, ParseError

import msgspec
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

Fields = dict[str, Any]


class Unreadable(Exception):
    """Neither JSON nor XML of fields."""


def read(body: bytes) -> Fields:
    """The fields of a body. Raises Unreadable, also for XML that declares entities."""
    try:
        if body.lstrip()[:1] == b"<":
            found = _of_element(fromstring(body.decode(), forbid_dtd=True))
            return found if isinstance(found, dict) else {}
        return msgspec.json.decode(body, type=Fields)
    except (msgspec.DecodeError, ParseError, DefusedXmlException, UnicodeDecodeError) as error:
        raise Unreadable from error


def listed(value: Any) -> list[Fields]:
    """A list of fields, sent as a list, as its only member, or not at all."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]


def text(fields: Fields, name: str) -> str:
    """A field as text; empty where there is none."""
    value = fields.get(name)
    return str(value).strip() if isinstance(value, str | int) else ""


def _of_element(element: Element) -> Any:
    if len(element) == 0:
        return element.text or ""
    found: Fields = {}
    for child in element:
        value = _of_element(child)
        if child.tag not in found:
            found[child.tag] = value
        elif isinstance(found[child.tag], list):
            found[child.tag].append(value)
        else:
            found[child.tag] = [found[child.tag], value]
    return found
