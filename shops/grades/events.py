"""What happens to a shop's grade."""

from backend.events.facts import Fact


class ShopGradeChanged(Fact, frozen=True, kw_only=True):
    """A shop went up or down. `subject_id`: the shop, `account_ids`: its people."""

    shop: str
    before: str
    after: str
    score: float
    visit_days: int
    """After so many days somebody comes again."""
