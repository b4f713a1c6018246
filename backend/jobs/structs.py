"""How the queue stands, for metrics, for `/ready` and for the operator's page."""

from datetime import datetime

from backend.structs import Read


class NameState(Read, frozen=True, kw_only=True):
    """The jobs of one name. Ages in seconds; 0 where there is none."""

    name: str
    waiting: int
    running: int
    held: int
    oldest_s: float
    """Since the oldest of those that wait, and are not themselves to blame, was put in."""


class QueueState(Read, frozen=True, kw_only=True):
    names: list[NameState]
    workers: int
    """With a sign of life within the last minute."""
    beat_age_s: float | None
    """Since any worker gave a sign of life; None: none has, ever, or each said farewell."""

    @property
    def waiting(self) -> int:
        return sum(each.waiting for each in self.names)

    @property
    def held(self) -> int:
        return sum(each.held for each in self.names)

    @property
    def oldest_s(self) -> float:
        return max((each.oldest_s for each in self.names), default=0.0)


class JobView(Read, frozen=True, kw_only=True):
    """A job that is held, or that was tried and waits. The payload holds ids and is shown as it is."""

    id: int
    name: str
    status: str
    attempts: int
    waits: int
    created_at: datetime
    due_at: datetime
    payload: str
    error: str
