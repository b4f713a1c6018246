"""Facts about published answers."""

from typing import ClassVar

from backend.events.facts import Fact


class AnswerPublished(Fact, frozen=True, kw_only=True):
    """A question and its answer are for everybody now. `by_id`: who released them."""

    subject: ClassVar[str] = "published_answer"
    order_id: int
    by_id: int


class AnswerWithdrawn(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "published_answer"
    order_id: int
    by_id: int
