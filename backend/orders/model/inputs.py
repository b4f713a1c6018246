"""What the moves of an order bring: one struct each, as the phone or the desk sends it. Unknown fields are refused."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend import clock
from backend.geo.points import Fix
from backend.structs import Write
from backend.words import REASON, Note, Reason, at_most
from qr.codes import Code

Photos = Annotated[list[UUID], Meta(max_length=9)]
ScannedCode = Annotated[Code, Meta(max_length=200)]
"""In JSON a plate's code or its whole address, as typed or scanned; the route parses it before any verb sees it."""
CapturedAt = Annotated[datetime, Meta(tz=True)]
"""The tap on the phone, with its zone: without one nobody knows when it was."""


class Tapped(Write, frozen=True, kw_only=True):
    """Base of what a phone may have kept for a while: the instant of the tap."""

    captured_at: CapturedAt | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.captured_at is not None and not clock.is_sane(self.captured_at):
            raise ValueError("手机时间不对 / captured_at: the phone's clock is wrong; years from 2000 to 2100 are read")


class Accept(Tapped, frozen=True, kw_only=True):
    """Nothing is needed to accept; what is sent may say when the tap happened on the phone."""


class Appeal(Write, frozen=True, kw_only=True):
    """到场申诉: why neither position nor code will do, and what the place looks like now."""

    reason: Annotated[str, at_most(REASON)]
    photo_ids: Photos = []


class CheckInInput(Tapped, frozen=True, kw_only=True):
    """A position, the code of the place scanned on the spot, or both; an appeal counts only where these fail.

    Tapped more than two minutes ago, it was made offline and counts from then.
    """

    point: Fix | None = None
    code: ScannedCode | None = None
    nonce: Annotated[str, Meta(max_length=64)] | None = None
    """What the server gave with the scan of this code: proves that it was scanned just now."""
    appeal: Appeal | None = None


class Finish(Tapped, frozen=True, kw_only=True):
    photo_ids: Photos = []
    before_photo_ids: Photos = []
    note: Note = ""


class Verify(Write, frozen=True, kw_only=True):
    result: Annotated[str, Meta(pattern="^(pass|fail)$")]
    note: Note = ""


class MakeSafe(Tapped, frozen=True, kw_only=True):
    """现场防护: what was done at once so that nobody is hurt, with a photo."""

    photo_ids: Annotated[list[UUID], Meta(min_length=1, max_length=9)]
    note: Note = ""


class ReturnReason(StrEnum):
    """Why a unit gives an order back."""

    NOT_OURS = "not_ours"
    WRONG_PLACE = "wrong_place"
    WRONG_ITEM = "wrong_item"
    NOT_FOUND = "not_found"
    BEYOND_MEANS = "beyond_means"


class Return(Write, frozen=True, kw_only=True):
    reason: ReturnReason
    note: Note = ""


class Reassign(Write, frozen=True, kw_only=True):
    """To a unit's pool or duty, or to a person of it."""

    unit_id: int
    handler_id: int | None = None
    reason: Reason


class Release(Write, frozen=True, kw_only=True):
    """Into the pool; what is not said is as the policy of the area has it."""

    window_min: Annotated[int, Meta(ge=1, le=120, description="Minutes")] | None = None
    people_needed: Annotated[int, Meta(ge=1, le=20)] | None = None
    note: Note = ""


class AskExtension(Write, frozen=True, kw_only=True):
    minutes: Annotated[int, Meta(ge=5, le=60 * 24 * 30, description="Minutes on the order's own clock")]
    reason: Reason


class AskSuspension(Write, frozen=True, kw_only=True):
    reason: Reason


class Decide(Write, frozen=True, kw_only=True):
    """What the desk says to a waiting request; a refusal needs a reason."""

    is_granted: bool
    reason: Note = ""


class CoHandle(Write, frozen=True, kw_only=True):
    """Another unit is to help: it gets a sub-order of its own."""

    unit_id: int
    reason: Reason


class Remark(Write, frozen=True, kw_only=True):
    note: Note = ""


class WithReason(Write, frozen=True, kw_only=True):
    reason: Reason


class SelfHandled(Write, frozen=True, kw_only=True):
    """What an inspector fixed at once, with the photos of before and after; those of the report show before, too."""

    before_photo_ids: Photos = []
    after_photo_ids: Annotated[list[UUID], Meta(min_length=1, max_length=9)]
    note: Note = ""


class CallResult(StrEnum):
    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHED = "unreached"
    REFUSED = "refused"


class Called(Write, frozen=True, kw_only=True):
    """What came of a call. `reopens`: whoever is unsatisfied wants it done again, in the words of `note`."""

    result: CallResult
    note: Note = ""
    reopens: bool = False
