"""Facts about volunteers, in the past tense. They name an account and a committee, and never a person."""

from typing import ClassVar

from backend.events.facts import Fact


class VolunteerFact(Fact, frozen=True, kw_only=True):
    """`area_code`: the committee. `account_ids`: the volunteer alone."""

    subject: ClassVar[str] = "volunteer"
    account_id: int
    acted_by_id: int | None = None
    """Who decided or looked; None for the volunteer and for the system."""


class VolunteerApplied(VolunteerFact, frozen=True, kw_only=True):
    pass


class VolunteerApproved(VolunteerFact, frozen=True, kw_only=True):
    pass


class VolunteerRefused(VolunteerFact, frozen=True, kw_only=True):
    reason: str


class VolunteerLeft(VolunteerFact, frozen=True, kw_only=True):
    """By themselves, by the committee with a reason, or because the account or the role is gone."""

    reason: str = ""


class VolunteerDetailsOpened(VolunteerFact, frozen=True, kw_only=True):
    """Somebody of the committee read the sealed name, number and phones."""
