"""Facts about patrols. `subject_id` is the task's, `area_code` the committee's."""

from datetime import date, datetime
from typing import ClassVar

from backend.events.facts import Fact


class PatrolRouteSet(Fact, frozen=True, kw_only=True):
    """A route was laid down or changed: today's task along it may be missing."""

    subject: ClassVar[str] = "patrol_route"


class PatrolsPlanned(Fact, frozen=True, kw_only=True):
    """Tasks of a committee were made for a day; the subject is the first of them."""

    subject: ClassVar[str] = "patrol"
    due_on: date
    tasks: int


class PatrolFact(Fact, frozen=True, kw_only=True):
    """Something about one task of one day. `account_id`: who walks, or walked."""

    subject: ClassVar[str] = "patrol"
    route: str
    template_code: str
    due_on: date
    account_id: int


class PatrolClaimed(PatrolFact, frozen=True, kw_only=True):
    pass


class PatrolHandedBack(PatrolFact, frozen=True, kw_only=True):
    """Somebody else may walk it now; the stops that were proved stay so."""


class PatrolProgressed(PatrolFact, frozen=True, kw_only=True):
    """A stop was proved, or an order found at one, also after the walk has ended."""


class PatrolFinished(PatrolFact, frozen=True, kw_only=True):
    """A walk has ended, once for a task: `proved` of `stops` by this very person, from the claim to the end.

    `first_proved_at` is the first of these; `expected_min` what the town expects such a walk to take.
    """

    started_at: datetime
    first_proved_at: datetime | None
    finished_at: datetime
    stops: int
    proved: int
    expected_min: int


class StopsMissed(Fact, frozen=True, kw_only=True):
    """Stops of a day that nobody visited: of a walk that was ended, or of all of a committee's that lapsed.

    `acted_by_id`: who ended the walk; nobody where it lapsed.
    """

    subject: ClassVar[str] = "patrol"
    due_on: date
    routes: tuple[str, ...]
    missed: int
    stops: int
    acted_by_id: int | None = None
