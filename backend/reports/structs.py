"""What a report says, the receipt it gets, and what its reporter may follow."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from backend.geo.lonlat import LonLat
from backend.geo.points import Fix
from backend.orders.model.inputs import ScannedCode, Tapped
from backend.orders.model.names import ItemName
from backend.orders.reads.views import OrderPhoto
from backend.structs import IdempotencyKey, Read, Write
from backend.words import COMMENT, Note, at_most
from qr.codes import Code

ReportKey = Annotated[IdempotencyKey, Meta(min_length=8, max_length=64, pattern="^[A-Za-z0-9_-]+$")]

Nonce = Annotated[str, Meta(max_length=64, description="What came with the page of `code`: it was opened just now")]


class Submission(Tapped, frozen=True, kw_only=True):
    """A report as the phone sends it. The phone makes `idempotency_key` once per report: sending it again is safe.

    Where: `code` (a plate's code or its whole URL) or `point`; with both, the code says where and the point is kept as
    the reporter's own position.
    """

    idempotency_key: ReportKey = field(name="client_id")
    item: Annotated[str, Meta(min_length=1, max_length=8)]
    code: ScannedCode | None = None
    nonce: Nonce | None = None
    point: Fix | None = None
    description: Note = ""
    photo_ids: Annotated[list[UUID], Meta(max_length=9)] = []


class ReportedAs(Read, frozen=True, kw_only=True):
    """What a page of its own says besides: as what one reports there, and who is to do it, where that is settled."""

    kinds: frozenset[str] = frozenset()
    unit_id: int | None = None


class Join(Tapped, frozen=True, kw_only=True):
    """我也遇到: one more report of an order that is there already. Sending it again under its key is safe.

    Which one: `order_id`, with `code` or `point` to show that one stands there, or the token of a link one was given.
    """

    idempotency_key: ReportKey = field(name="client_id")
    order_id: int | None = None
    tracking_token: Annotated[str, Meta(max_length=32)] | None = None
    code: ScannedCode | None = None
    nonce: Nonce | None = None
    point: Fix | None = None
    description: Note = ""
    photo_ids: Annotated[list[UUID], Meta(max_length=9)] = []


class CaseLocation(Read, frozen=True, kw_only=True):
    """Where somebody stands who is about to report. `only_here`: the code is that of a single thing."""

    point: LonLat
    place_id: int | None = None
    only_here: bool = False
    code: Code | None = None


class Candidate(Read, frozen=True, kw_only=True):
    """An order that a new report may be about, as a stranger may know of it."""

    order_id: int
    number: str
    state: str
    item: ItemName
    opened_at: datetime
    closed_at: datetime | None
    """Set for one that was closed just now: whoever still sees it may join and then say that it is not solved."""
    age_min: int
    distance_m: float
    """To a plate's place; where there is none, to the position rounded to about a hundred metres."""
    is_here: bool
    """It is at the very place of the scanned code."""
    reporters: int
    thumb_url: str | None
    """Only where a person has released the picture."""


class ReportReceipt(Read, frozen=True, kw_only=True):
    """What the reporter keeps. The same key always gets the receipt of the same report."""

    report_id: int
    order_id: int
    number: str
    place_id: int | None
    """The place under which it was filed; None: by its position alone, which is not exact enough to name a door."""
    tracking_token: str
    tracking_url: str
    received_at: datetime
    resolve_by: datetime
    """By when the work is to be done, as it is promised now."""


class Filed(Read, frozen=True, kw_only=True):
    """A report that was taken before: its receipt, the print of what it said, the step that carries its photos."""

    receipt: ReportReceipt
    key_print: str | None
    step_id: int | None


class SubmissionResult(Read, frozen=True, kw_only=True):
    receipt: ReportReceipt
    is_new: bool


class TrackedStep(Read, frozen=True, kw_only=True):
    """A step as the reporter sees it: which unit, never which person."""

    id: int
    move: str
    to_state: str
    at: datetime
    note: str
    is_own: bool = False
    """Whether the reporter made it, by the link."""
    score: int | None = None
    """Of the own rating."""


class Tracking(Read, frozen=True, kw_only=True):
    """An order as its reporter follows it."""

    number: str
    order_id: int
    merged_into: str | None = None
    """The number of the order as which this one goes on; then state, steps and `order_id` are that one's."""
    supporters: int = 0
    """How many people reported the case besides the first."""
    state: str
    version: int
    item: ItemName
    place: str
    unit_zh: str
    unit_en: str
    description: str
    received_at: datetime
    opened_at: datetime
    respond_by: datetime
    resolve_by: datetime
    promised_by: datetime | None = None
    """By when the work is to be done; None once it is done, and while the clock stands still."""
    closed_at: datetime | None
    rework_count: int
    steps: list[TrackedStep]
    photos: list[OrderPhoto]
    is_archived: bool = False
    """Whether steps from long ago, and the photos that came with them, are in the archive and not told here."""
    may_confirm: bool = False
    """商户确认: the work is done, and whoever holds the link is to say whether it is so."""
    confirm_by: datetime | None = None
    may_rate: bool
    rating: int | None
    """The own one, in the present round."""
    may_urge: bool = False
    urge_again_at: datetime | None = None
    """When the reporter, who urged lately, may urge again."""
    ends_with_answer: bool = False
    """Whether it is a question: what the work ends with is an answer in words."""
    is_first_reporter: bool = True
    """Whose verdict decides: the first reporter's reopens the order, that of any other is told to the desk."""
    may_reopen: bool = False
    reopen_until: datetime | None = None
    """While closed and not reopened before: the end of the time in which it may be."""
    may_object: bool = False
    """Of a later reporter, while closed: whether there is time to say that nothing was solved, once in each round."""
    has_objected: bool = False
    """Of a later reporter: whether that was said in this round."""


class Rating(Write, frozen=True, kw_only=True):
    """1 very dissatisfied … 5 very satisfied."""

    score: Annotated[int, Meta(ge=1, le=5)]
    comment: Annotated[str, at_most(COMMENT)] = ""
