"""What patrols take and give. Positions are WGS-84, distances metres, days Shanghai's."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.geo.lonlat import LonLat
from backend.geo.points import Fix
from backend.orders.arrivals.grades import ArrivalDoubt, ArrivalGrade, Method
from backend.orders.model.inputs import Photos, ScannedCode, Tapped
from backend.structs import Read, Write
from backend.words import Note


class TaskState(StrEnum):
    OPEN = "open"
    """Nobody walks it yet."""
    CLAIMED = "claimed"
    FINISHED = "finished"
    LAPSED = "lapsed"
    """Its day is over and nobody ended it; what a phone kept may still come in."""


class TaskName(Read, frozen=True, kw_only=True):
    """The task of the duty list: code, kind and names in the town's dictionary."""

    code: str
    kind: str
    name_zh: str
    name_en: str


class TaskView(Read, frozen=True, kw_only=True):
    """A walk of one day, as lists show it."""

    id: int
    version: int
    state: TaskState
    route: str
    task: TaskName
    committee_code: str
    committee: str
    due_on: date
    closes_at: datetime
    expected_min: int
    stops: int
    proved: int
    missed: int
    findings: int
    is_mine: bool
    walker: str | None = None
    """Who walks, for those who oversee the committee."""


class FoundOrder(Read, frozen=True, kw_only=True):
    order_id: int
    number: str
    state: str


class StopView(Read, frozen=True, kw_only=True):
    """A place that the walk visits, and what proves that somebody was there."""

    seq: int
    place_id: int
    label: str
    address: str
    point: LonLat
    proved_at: datetime | None = None
    method: Method | None = None
    distance_m: float | None = None
    grade: ArrivalGrade | None = None
    doubts: list[ArrivalDoubt] = []
    is_missed: bool = False
    found: list[FoundOrder] = []


class TaskDetail(TaskView, frozen=True, kw_only=True):
    """One walk with its stops, in order. `visits` is empty for whoever may not know the places."""

    claimed_at: datetime | None
    finished_at: datetime | None
    item_code: str | None
    """What a problem found on it is usually reported as."""
    radius_m: float
    may_claim: bool
    may_walk_on: bool
    """Whether the reader may prove stops, report what was found and end it."""
    may_hand_back: bool
    visits: list[StopView] = []

    @property
    def next_seq(self) -> int | None:
        """The first stop that nobody has visited."""
        return next((stop.seq for stop in self.visits if stop.proved_at is None), None)


class PatrolProgress(Read, frozen=True, kw_only=True):
    """Where a walk stands after something was done to it."""

    task_id: int
    version: int
    state: TaskState
    stops: int
    proved: int


class StopProof(Tapped, frozen=True, kw_only=True):
    """A position, or the code of the place scanned on the spot, or both; the code is the stronger.

    Tapped more than two minutes ago, it was made offline and counts from then.
    """

    point: Fix | None = None
    code: ScannedCode | None = None
    nonce: Annotated[str, Meta(max_length=64)] | None = None
    """What the server gave with the scan of this code: proves that it was scanned just now."""


class EndWalk(Tapped, frozen=True, kw_only=True):
    """The walk is over; stops that nobody visited are missed."""


class FindingDraft(Tapped, frozen=True, kw_only=True):
    """A problem found at a stop: reported there, as the task's usual item unless another is named."""

    item: Annotated[str, Meta(min_length=1, max_length=8)] | None = None
    point: Fix | None = None
    description: Note = ""
    photo_ids: Photos = []


class StopPlace(Read, frozen=True, kw_only=True):
    """The place of a stop at which something was found."""

    stop_id: int
    place_id: int
    point: LonLat
    item_code: str | None


class RouteDraft(Write, frozen=True, kw_only=True):
    """A route to be: of a committee, for a task of its list. `place_ids` in the order of the walk."""

    committee_code: str
    template_id: int
    name: Annotated[str, Meta(min_length=1, max_length=60)]
    place_ids: Annotated[list[int], Meta(max_length=200)]
    is_on: bool = True


class RouteView(Read, frozen=True, kw_only=True):
    """A route as it will be walked next."""

    id: int
    committee_code: str
    template_id: int
    task: TaskName
    name: str
    is_on: bool
    stops: int
    is_in_force: bool
    """Whether the duty list has the task switched on today: otherwise nothing is generated."""
