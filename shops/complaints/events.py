"""What happens to sealed identities. None of these says who complained."""

from backend.events.facts import Fact


class IdentityOpeningAsked(Fact, frozen=True, kw_only=True):
    """Somebody wants to know who complained: another one has to agree. `subject_id`: the opening."""

    order_id: int
    asked_by_id: int
    asked_by: str
    reason: str


class IdentityOpeningDecided(Fact, frozen=True, kw_only=True):
    order_id: int
    asked_by_id: int
    decided_by_id: int
    is_agreed: bool


class IdentityRead(Fact, frozen=True, kw_only=True):
    """Somebody read it. `subject_id`: the opening."""

    order_id: int
    account_id: int
