"""What other systems say of orders that were sent on to them, in the past tense."""

from typing import ClassVar

from backend.events.facts import Fact


class SentRequestChanged(Fact, frozen=True, kw_only=True):
    """The other side says something else of it than before. Nothing of our order is changed by it."""

    subject: ClassVar[str] = "order"
    source: str
    status: str
    has_ended: bool
    """Whether by its words nobody there works on it any more."""
