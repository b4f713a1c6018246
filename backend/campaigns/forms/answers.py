"""What a phone says for one field, and what is wrong with an answer."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.campaigns.forms.fields import FIELDS_MOST, OPTIONS_MOST
from backend.errors import Invalid, Listing, Phrase
from backend.orders.model.inputs import Photos
from backend.structs import Read, Write
from backend.words import Note


class GivenAnswer(Write, frozen=True, kw_only=True):
    """`value` as a form says it: yes, no, a code, a number, a day as 2026-11-28, a position as 121.4,31.2 (WGS-84).

    `values`: of a field with several answers. `note` and photos say more of an answer that means trouble.
    """

    field: Annotated[str, Meta(max_length=40)]
    value: Note = ""
    values: Annotated[list[Annotated[str, Meta(max_length=20)]], Meta(max_length=OPTIONS_MOST)] = []
    note: Note = ""
    photo_ids: Photos = []


GivenAnswers = Annotated[list[GivenAnswer], Meta(max_length=FIELDS_MOST)]


class AnswerFaultKind(StrEnum):
    """The catalogue says it under `campaign-answers-wrong.<kind>`."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    """The form has no such field, or it was answered twice."""
    UNREADABLE = "unreadable"
    NOT_AN_OPTION = "not-an-option"
    OUT_OF_RANGE = "out-of-range"
    TOO_LONG = "too-long"


class AnswerFault(Read, frozen=True, kw_only=True):
    """`label`: how the form calls the field, in Chinese."""

    field: str
    label: str
    why: AnswerFaultKind


class AnswersWrong(Invalid):
    """Some answers cannot be taken: nothing was stored. `faults`: each field, and why."""

    code = "campaign-answers-wrong"

    def __init__(self, faults: list[AnswerFault]) -> None:
        phrases = [Phrase(f"campaign-answers-wrong.{each.why.value}", {"label": each.label}) for each in faults]
        super().__init__(
            values={"faults": Listing(phrases, "list.semicolon")},
            faults=[{"field": each.field, "why": each.why.value} for each in faults],
            field=faults[0].field,
        )
