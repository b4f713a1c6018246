"""The spoken language of texts and their items."""

from typing import Annotated

from msgspec import Meta

from backend.structs import Read, Write
from backend.words import CASE_TEXT, CASE_TITLE, at_most

TITLE, TEXT = CASE_TITLE, CASE_TEXT


class Case(Read, frozen=True, kw_only=True):
    """A text whose class is known. Texts of one group, such as one that many sent, are never on both sides of a try."""

    text: str
    label: str
    title: str = ""
    group: str = ""


class Correction(Write, frozen=True, kw_only=True):
    """What a dispatcher decided on, for a case of a source, beside the class that was suggested as the likeliest."""

    source: Annotated[str, Meta(min_length=1, max_length=40)]
    source_number: Annotated[str, Meta(min_length=1, max_length=80)]
    title: Annotated[str, at_most(TITLE)] = ""
    text: Annotated[str, at_most(TEXT, least=1)]
    suggested: Annotated[str, Meta(max_length=60)]
    probability: Annotated[float, Meta(ge=0, le=1)]
    item_code: str
