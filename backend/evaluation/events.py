"""Facts of evaluation. They name no person but by number, and say no word of what was written."""

from datetime import date
from typing import ClassVar

from backend.evaluation.structs import ScoredKind
from backend.events.facts import Fact


class ScoreAppealFact(Fact, frozen=True, kw_only=True):
    """Base: about an appeal (`subject_id`). `area_code` and `number` are the order's, `measure` the figure's."""

    subject: ClassVar[str] = "score_appeal"
    number: str
    measure: str
    of_kind: ScoredKind
    acted_by_id: int


class ScoreAppealed(ScoreAppealFact, frozen=True, kw_only=True):
    """A case is to be left out of a figure: the centre decides."""


class ScoreAppealDecided(ScoreAppealFact, frozen=True, kw_only=True):
    is_granted: bool
    asked_by_id: int


class WeeklyAnalysisReady(Fact, frozen=True, kw_only=True):
    """A week of an area is counted; those who subscribed to it, and may still read it, get it."""

    subject: ClassVar[str] = "weekly_issue"
    first: date
    last: date
    area_zh: str
