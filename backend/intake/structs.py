"""What comes in from other systems, in one shape, whatever way it came. Instants have a zone, positions a datum."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.geo.datum import Datum
from backend.structs import Write
from backend.words import CASE_ADDRESS, CASE_TEXT, CASE_TITLE, PERSON_NAME, at_most

SOURCE_NO_MOST, CLASS_MOST, FOLD_MOST, PHONE_MOST, CODE_MOST = 80, 80, 160, 40, 200
PHOTOS_MOST = 9

SourceNumber = Annotated[str, Meta(min_length=1, max_length=SOURCE_NO_MOST, description="The source's own number")]


class PointClue(Write, frozen=True, kw_only=True):
    """Degrees, longitude first, as the source has them. Whether they can be right is judged where it is located."""

    lng: float
    lat: float
    datum: Datum | None = None
    """None: the one that the source declares."""
    accuracy_m: Annotated[float, Meta(ge=0, le=1_000_000, description="Radius in metres")] | None = None


class Clues(Write, frozen=True, kw_only=True):
    """位置线索: where it is, from whatever came; what is given is tried in this order."""

    code: Annotated[str, Meta(max_length=CODE_MOST, description="A door code, bare or as its address")] | None = None
    place_id: Annotated[int, Meta(ge=1, le=2**63 - 1)] | None = None
    point: PointClue | None = None
    address: Annotated[str, at_most(CASE_ADDRESS)] = ""


class ReporterContact(Write, frozen=True, kw_only=True):
    """Who told the source: sealed at once, shown by one rule, each opening recorded."""

    name: Annotated[str, at_most(PERSON_NAME)] = ""
    phone: Annotated[str, Meta(max_length=PHONE_MOST)] = ""


class Incoming(Write, frozen=True, kw_only=True):
    """One outside fact as its source tells it."""

    source_no: SourceNumber
    occurred_at: Annotated[datetime, Meta(tz=True)] | None = None
    title: Annotated[str, at_most(CASE_TITLE)] = ""
    text: Annotated[str, at_most(CASE_TEXT)] = ""
    clues: Clues = Clues()
    class_code: Annotated[str, Meta(max_length=CLASS_MOST, description="The source's own class")] = ""
    item_code: Annotated[str, Meta(max_length=8, description="A sub-item of our dictionary, where it is known")] = ""
    contact: ReporterContact | None = None
    photo_ids: Annotated[list[UUID], Meta(max_length=PHOTOS_MOST)] = []
    """Uploaded by the source's account."""
    is_doubtful: bool = False
    """The way in doubts it itself: a person decides, whatever is known."""
    fold: Annotated[str, Meta(max_length=FOLD_MOST)] = ""
    """What has the same fold as an open order of this source goes into it, whatever its number."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if (number := self.source_no.strip()) != self.source_no:
            msgspec.structs.force_setattr(self, "source_no", number)
        if not number:
            raise ValueError("source_no: blanks are no number")
