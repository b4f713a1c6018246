"""What targets take and give. Positions are WGS-84."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.campaigns.records.sealing import TargetContact
from backend.geo.lonlat import LonLat
from backend.structs import Read
from backend.words import TARGET_LABEL

TARGETS_MOST = 20_000
"""So many targets has a campaign."""


class NewTarget(Read, frozen=True, kw_only=True):
    """Where to go: a place of ours. `label`: what to call it, where not as the place. `kind`: of the form's kinds."""

    place_id: int
    label: Annotated[str, Meta(max_length=TARGET_LABEL)] = ""
    kind: str = ""
    contact: TargetContact | None = None
    assignee_id: int | None = None


class TargetClues(Read, frozen=True, kw_only=True):
    """How a list says where a target is: by the code on its plate, an address, a name or a position (WGS-84)."""

    code: str = ""
    address: str = ""
    name: str = ""
    point: LonLat | None = None

    @property
    def words(self) -> str:
        """How it is called where nobody knows it yet."""
        at = f"{self.point.lng:.5f},{self.point.lat:.5f}" if self.point else ""
        return " · ".join(filter(None, (self.name, self.address, self.code, at)))[:300]


class SaidTarget(Read, frozen=True, kw_only=True):
    """A line of a list. `assignee`: the username of who goes."""

    line: int
    clues: TargetClues
    kind: str = ""
    contact: TargetContact = TargetContact()
    assignee: str = ""


class TargetProblem(StrEnum):
    """Why nobody knows where a target is, besides what locating says (`ClueProblem`)."""

    WAITING = "waiting"
    """It is looked up soon."""
    NO_CLUE = "no-clue"


class TargetLookup(Read, frozen=True, kw_only=True):
    """Where a line of a list would lie, as far as is known before it is taken. Without `label`: `problem`, and places
    that it may mean.
    """

    line: int
    said: str
    kind: str
    label: str = ""
    is_near: bool = False
    problem: str = ""
    nearest: tuple[str, ...] = ()


class AddedTargets(Read, frozen=True, kw_only=True):
    """What became of a list: how many lines were taken, and those that stay out."""

    added: int
    there: int
    refused: list["RefusedTargetLine"] = []


class RefusedTargetLine(Read, frozen=True, kw_only=True):
    """`why`: a key below `campaign.line.` of the catalogue."""

    line: int
    why: str


class TargetView(Read, frozen=True, kw_only=True):
    """Without an area nobody knows yet where it is: `problem`. `is_near`: it lies beside what was said."""

    id: int
    place_id: int | None
    label: str
    kind: str
    area_code: str | None
    point: LonLat | None
    said: str
    problem: str
    is_near: bool
    has_contact: bool
    assignee_id: int | None
    assignee: str | None
    added_at: datetime
