"""What staff send about plates."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.geo.area_codes import BEGINNING
from backend.geo.points import Fix
from backend.structs import Write
from backend.words import PLATE_NOTE, at_most
from qr.rules import Finding
from qr.structs import PlateSighting

Note = Annotated[str, at_most(PLATE_NOTE)]
TypedCode = Annotated[str, Meta(min_length=12, max_length=40, description="As typed or read / 门牌上的12位字符")]
AreaPrefix = Annotated[str, Meta(pattern=f"^({BEGINNING})?$", description="National area code or its beginning")]


class SeenAt(Write, frozen=True, kw_only=True):
    """Where the phone is, and a photo of the plate on the wall."""

    fix: Fix | None = None
    photo_id: UUID | None = None

    def sighting(self) -> PlateSighting | None:
        if self.fix is None:
            return PlateSighting(photo_id=self.photo_id) if self.photo_id else None
        return PlateSighting(point=self.fix.wgs84(), accuracy_m=self.fix.accuracy_m, photo_id=self.photo_id)


class Bind(SeenAt, frozen=True, kw_only=True):
    place_id: int


class Replace(SeenAt, frozen=True, kw_only=True):
    new_code: TypedCode
    note: Note = ""


class Condition(StrEnum):
    DAMAGED = "damaged"
    WHOLE = "whole"


class SetCondition(Write, frozen=True, kw_only=True):
    condition: Condition
    note: Note = ""


class Revoke(Write, frozen=True, kw_only=True):
    note: Annotated[str, at_most(PLATE_NOTE, least=1)]


class MintBatch(Write, frozen=True, kw_only=True):
    count: Annotated[int, Meta(ge=1, le=200_000)]
    area_code: AreaPrefix
    note: Note = ""


class MoveCodes(Write, frozen=True, kw_only=True):
    """`codes` left out: all of them, the places merge. Named ones: the place is split."""

    into_place_id: int
    codes: list[TypedCode] | None = None


class ReadPicture(Write, frozen=True, kw_only=True):
    photo_id: UUID


class Settle(Write, frozen=True, kw_only=True):
    finding: Finding
