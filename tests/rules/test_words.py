"""How words are counted: once, in one way, by one table that boxes, forms and the API share."""

import re
from importlib.resources import files

import msgspec
import pytest

import openapi
from backend import words
from backend.orders.model import inputs
from backend.reports.structs import Rating, Submission
from backend.routes.api import code_inputs
from backend.routes.api.photo_evidence import Reason as PhotoReason
from backend.routes.pages.staff import transition_forms
from backend.structs import Write
from backend.web.views.templates import _TEMPLATES as TEMPLATES

_BOX = re.compile(r"<(?:textarea|input)\b[^>]*>")
_TABLE = {name: most for name, most in vars(words).items() if name.isupper() and isinstance(most, int)}


def test_a_line_break_is_one_character_however_it_was_sent() -> None:
    lines = ["二十三个字的一行,刚好够二十五行四百九十九字"] * 20

    sent = [words.fitting(end.join(lines), len("\n".join(lines))) for end in ("\n", "\r\n", "\r")]

    assert sent == ["\n".join(lines)] * 3


@pytest.mark.parametrize("character", ["字", "𠮷", "😀", "\u0301"])
def test_a_character_counts_one_be_it_rare_or_a_picture(character: str) -> None:
    assert words.fitting("a" + character * 499, 500) == "a" + character * 499
    with pytest.raises(words.WordsTooLong) as refused:
        words.fitting("a" + character * 502, 500)
    assert refused.value.extra == {"field": "", "most": 500, "length": 503}


def test_what_is_told_is_in_plain_form_and_counted_by_whichever_way_it_comes() -> None:
    typed = "一行\r\n二行 "

    straight = Submission(idempotency_key="long-enough", item="A101", description=typed)
    decoded = msgspec.json.decode(msgspec.json.encode({"reason": "\r\n" + typed}), type=inputs.WithReason)

    assert (straight.description, decoded.reason) == ("一行\n二行", "一行\n二行")
    with pytest.raises(words.WordsTooLong):
        Submission(idempotency_key="long-enough", item="A101", description="字" * 1001)
    with pytest.raises(words.WordsTooLong):
        msgspec.json.decode(msgspec.json.encode({"score": 5, "comment": "字" * 501}), type=Rating)


def test_every_field_of_words_takes_a_length_of_the_table() -> None:
    found = {(kind.__name__, name): most for kind in _kinds(Write) for name, most in words.fields_of(kind).items()}

    assert len(found) > 15
    assert {most for most in found.values()} <= set(_TABLE.values())


def test_no_message_counts_words_in_a_way_of_its_own() -> None:
    """Besides codes, keys and names: whatever takes more than 200 characters is words."""
    own = [
        (kind.__name__, field.name)
        for kind in _kinds(Write)
        for field in msgspec.structs.fields(kind)
        if (getattr(msgspec.inspect.type_info(field.type), "max_length", None) or 0) > 200
    ]

    assert own == []


def test_the_contract_tells_the_same_lengths() -> None:
    schemas = msgspec.json.decode((files(openapi) / "openapi.json").read_bytes())["components"]["schemas"]
    shown = {
        (kind.__name__, name): schemas[kind.__name__]["properties"][name].get("maxLength")
        for kind in (Submission, Rating, inputs.Reassign, inputs.Finish, inputs.Appeal, code_inputs.Revoke)
        for name in words.fields_of(kind)
    }

    assert shown == {key: words.fields_of(_by_name(key[0]))[key[1]] for key in shown}


def test_every_box_for_words_takes_its_length_from_the_table_and_cuts_nothing() -> None:
    boxes = [
        (file.relative_to(TEMPLATES).as_posix(), box)
        for file in TEMPLATES.rglob("*.html")
        for box in _BOX.findall(file.read_text(encoding="utf-8"))
        if box.startswith("<textarea") or re.search(r'name="(?:note|reason|comment|description)"', box)
    ]
    boxes = [
        (name, box)
        for name, box in boxes
        if name != "session/resumed_form.html" and not re.search('type="(?:hidden|checkbox)"', box)
    ]

    assert len(boxes) >= 14
    bare = [
        (name, box)
        for name, box in boxes
        if not re.search(r'data-max-length="\{\{ (?:most\.[A-Z_]+|one\.most) \}\}"', box)
    ]
    assert bare == []
    assert [name for name, box in boxes if "maxlength" in box] == []


def test_the_form_of_a_move_offers_what_its_verb_takes() -> None:
    for name in transition_forms.NAMES:
        row = transition_forms.get(name)
        assert {field.name: field.most for field in row.fields if field.most} == words.fields_of(row.brings)


def test_reading_a_photo_needs_a_reason_of_the_same_length_as_showing_it() -> None:
    (told,) = PhotoReason.__metadata__  # type: ignore[attr-defined]

    assert (told.min_length, told.max_length) == (words.PHOTO_REASON_LEAST, words.PHOTO_REASON)


def _kinds(base: type) -> list[type]:
    found: list[type] = []
    for kind in base.__subclasses__():
        found += [kind, *_kinds(kind)]
    return found


def _by_name(name: str) -> type:
    return next(kind for kind in _kinds(Write) if kind.__name__ == name)
