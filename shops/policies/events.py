"""What happens to policies."""

from backend.events.facts import Fact


class PolicySent(Fact, frozen=True, kw_only=True):
    """A policy went to these people (`account_ids`); a long list is told in several facts. `subject_id`: the policy."""

    title: str
    body: str
    acted_by_id: int | None = None


class PolicyApplied(Fact, frozen=True, kw_only=True):
    """Somebody of a shop says that they apply. `subject_id`: the policy."""

    shop_id: int
    account_id: int
