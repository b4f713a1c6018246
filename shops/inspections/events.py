"""What happens in inspections. None of these says who complained."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class InspectionMade(Fact, frozen=True, kw_only=True):
    """A shop was inspected, whatever was found. `findings`: how many."""

    subject: ClassVar[str] = "inspection"
    shop_id: int
    inspector_id: int
    findings: int


class FindingFact(Fact, frozen=True, kw_only=True):
    """Base: about a finding (`subject_id`) of a shop, known to its people (`account_ids`) and to staff of the area."""

    shop_id: int
    shop: str
    words_zh: str
    words_en: str
    is_p0: bool
    due_at: datetime
    inspector_id: int
    acted_by_id: int | None = None
    note: str = ""


class FindingOpened(FindingFact, frozen=True, kw_only=True):
    """Something is to be put right."""


class FindingAnswered(FindingFact, frozen=True, kw_only=True):
    """The shop says that it is put right."""


class FindingPassed(FindingFact, frozen=True, kw_only=True):
    """Looked at again, and in order."""


class FindingFailed(FindingFact, frozen=True, kw_only=True):
    """Looked at again, and not in order: there is a new day."""


class FindingAppealed(FindingFact, frozen=True, kw_only=True):
    """The shop does not agree."""


class FindingUpheld(FindingFact, frozen=True, kw_only=True):
    """The panel says that it stands."""


class FindingStruck(FindingFact, frozen=True, kw_only=True):
    """The panel says that it does not stand."""


class FindingOverdue(FindingFact, frozen=True, kw_only=True):
    """Nobody has put it right in time. `level`: 1 for who found it, 2 for the street."""

    level: int
