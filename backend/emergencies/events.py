"""What happens in an emergency. `area_code` is its area; texts are for its staff alone."""

from datetime import datetime
from typing import ClassVar

from backend.emergencies.structs import AnswerKind, EmergencyKind, LadderStep
from backend.events.facts import Fact


class EmergencyFact(Fact, frozen=True, kw_only=True):
    """Base: about an emergency (`subject_id`)."""

    subject: ClassVar[str] = "emergency"
    kind: EmergencyKind
    level: int
    area_zh: str
    acted_by_id: int | None = None
    reason: str = ""


class EmergencyBegan(EmergencyFact, frozen=True, kw_only=True):
    """`campaigns`: codes of what its plan starts."""

    campaigns: tuple[str, ...] = ()


class EmergencyLevelChanged(EmergencyFact, frozen=True, kw_only=True):
    """It is graver, or less grave."""


class EmergencyEnded(EmergencyFact, frozen=True, kw_only=True):
    """Back to normal."""


class EmergencyForgotten(EmergencyFact, frozen=True, kw_only=True):
    """It has been on for long and nobody has ended it: a person decides."""

    begun_at: datetime
    begun_by_id: int


OF_AREAS = (EmergencyBegan, EmergencyLevelChanged, EmergencyEnded, EmergencyForgotten)
"""What everybody who works there, or may end it, is notified of."""


class SituationNoted(EmergencyFact, frozen=True, kw_only=True):
    """A line of its log, for pages that are open."""


class BroadcastFact(Fact, frozen=True, kw_only=True):
    """Base: about a broadcast (`subject_id`); `account_ids` are those to whom it is sent."""

    subject: ClassVar[str] = "broadcast"
    emergency_id: int
    kind: EmergencyKind
    area_zh: str
    text: str
    acted_by_id: int | None = None
    answer_by: datetime


class BroadcastSent(BroadcastFact, frozen=True, kw_only=True):
    answer_kind: AnswerKind


class BroadcastUnanswered(BroadcastFact, frozen=True, kw_only=True):
    """Some stay silent: a step of the ladder. `account_ids` are they, `leader_ids` those who hear of it."""

    step: LadderStep
    silent: int
    people: int
    leader_ids: tuple[int, ...] = ()


class BroadcastAnswered(Fact, frozen=True, kw_only=True):
    """Somebody saw it, or answered: for pages that are open. What was answered is not in it."""

    subject: ClassVar[str] = "broadcast"
    acted_by_id: int
