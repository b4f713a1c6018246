"""What an item asks beyond its words: the attributes of a service, read from a file by the item's prefix. Pure.

The answers become words of the request, each behind its question: whoever works on it reads them, and no table need
know what a town asks for. `fixmystreet_id` is asked of machines alone: what the sender calls the request, by which it
is filed once.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from backend import clock
from backend.errors import BadRequest
from backend.intake.open311.wire import times
from backend.intake.open311.wire.forms import FieldTooLong

SENDER_NO = "fixmystreet_id"
SENDER_NOS = (SENDER_NO, "external_id", "client_request_id")
"""Attributes that hold what the sender calls the request, as clients in the wild say it."""
SEEN_AT = "SEEN_AT"
_FILE = Path(__file__).with_name("attributes.csv")
_ANSWER_MOST = 400


class Datatype(StrEnum):
    STRING = "string"
    TEXT = "text"
    NUMBER = "number"
    DATETIME = "datetime"
    SINGLE = "singlevaluelist"
    MULTI = "multivaluelist"


class AttributeMissing(BadRequest):
    """`extra`: the attribute's code."""

    code = "open311-attribute-missing"


class AttributeWrong(BadRequest):
    """`extra`: the attribute's code. Of its value nothing is repeated."""

    code = "open311-attribute-wrong"


class Attribute(msgspec.Struct, frozen=True, kw_only=True):
    """`name`, `hint` and each of `values` in Chinese and English."""

    prefix: str
    code: str
    datatype: Datatype
    is_required: bool
    name: tuple[str, str]
    hint: tuple[str, str]
    values: Mapping[str, tuple[str, str]]


@cache
def every() -> tuple[Attribute, ...]:
    """The whole file, in its order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(_attribute(row) for row in csv.DictReader(file))


def of_item(item_code: str) -> list[Attribute]:
    """The attributes of an item, in order: those for its class behind those for everything."""
    return [each for each in every() if item_code.startswith(each.prefix)]


def answers(item_code: str, given: Mapping[str, Sequence[str]]) -> str:
    """What was said to the questions of an item, a line each. Raises AttributeMissing, AttributeWrong, FieldTooLong.

    Attributes that the item does not have are left out: clients send whatever else they know.
    """
    return "\n".join(_lines(item_code, given))


def seen_at(given: Mapping[str, Sequence[str]], now: datetime) -> datetime | None:
    """When it was seen, where that was said. Raises AttributeWrong for what is no instant, or none yet."""
    said = given.get(SEEN_AT)
    if not said:
        return None
    try:
        at = times.read(said[0], SEEN_AT)
    except times.DateUnreadable as error:
        raise AttributeWrong(attribute=SEEN_AT) from error
    if at > now or not clock.is_sane(at):
        raise AttributeWrong(attribute=SEEN_AT)
    return at


def _lines(item_code: str, given: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for attribute in of_item(item_code):
        said = given.get(attribute.code, ())
        if not said and attribute.is_required:
            raise AttributeMissing(attribute=attribute.code)
        if said and attribute.code != SEEN_AT:
            yield f"{attribute.name[0]}:{'、'.join(_checked(attribute, said))}"


def _checked(attribute: Attribute, said: Sequence[str]) -> list[str]:
    if len(said) > 1 and attribute.datatype is not Datatype.MULTI:
        raise AttributeWrong(attribute=attribute.code)
    if any(len(each) > _ANSWER_MOST for each in said):
        raise FieldTooLong(field=f"attribute[{attribute.code}]", most=_ANSWER_MOST)
    match attribute.datatype:
        case Datatype.SINGLE | Datatype.MULTI:
            if not attribute.values.keys() >= set(said):
                raise AttributeWrong(attribute=attribute.code)
            return [attribute.values[each][0] for each in said]
        case Datatype.NUMBER:
            return [_number(attribute.code, each) for each in said]
        case Datatype.DATETIME:
            return [times.read(each, attribute.code).isoformat() for each in said]
    return list(said)


def _number(code: str, said: str) -> str:
    try:
        return f"{float(said):g}"
    except ValueError as error:
        raise AttributeWrong(attribute=code) from error


def _attribute(row: Mapping[str, str]) -> Attribute:
    texts = [dict(pair.split(":", 1) for pair in row[f"values_{lang}"].split("|") if pair) for lang in ("zh", "en")]
    return Attribute(
        prefix=row["prefix"],
        code=row["code"],
        datatype=Datatype(row["datatype"]),
        is_required=row["required"] == "true",
        name=(row["name_zh"], row["name_en"]),
        hint=(row["hint_zh"], row["hint_en"]),
        values={key: (texts[0][key], texts[1][key]) for key in texts[0]},
    )
