"""Facts about hotline cases, in the past tense. None carries a word of a citizen."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact
from backend.intake.hotline.kinds import ActKind


class HotlineFact(Fact, frozen=True, kw_only=True):
    """About a case (`subject_id`) of the source that is named; `order_id` is ours, once there is one."""

    subject: ClassVar[str] = "hotline_task"
    task_no: str
    source_zh: str
    source_en: str
    order_id: int | None = None
    handler_id: int | None = None
    acted_by_id: int | None = None


class FirstContactDue(HotlineFact, frozen=True, kw_only=True):
    """先行联系: nobody has spoken with the citizen yet, and the working day for it is nearly over."""

    due_at: datetime


class HotlineDeadlineNear(HotlineFact, frozen=True, kw_only=True):
    """The platform's own deadline is near, and nothing was handed in."""

    due_at: datetime


class FormalActDecided(HotlineFact, frozen=True, kw_only=True):
    """The platform granted or refused what was asked of it."""

    kind: ActKind
    is_granted: bool
    opinion: str


class ExchangeRefused(HotlineFact, frozen=True, kw_only=True):
    """The platform will not take what it was told, whatever the number of tries. `why`: its own words."""

    why: str


class CallBackUnsolved(HotlineFact, frozen=True, kw_only=True):
    """The call-back says that nothing is solved, and the order could not be sent back by itself: somebody decides."""


class CitizenContacted(HotlineFact, frozen=True, kw_only=True):
    """先行联系: somebody spoke with the citizen."""


class CitizenCalledBack(HotlineFact, frozen=True, kw_only=True):
    """回访: the platform reached the citizen."""
