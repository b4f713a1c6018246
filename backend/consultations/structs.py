"""What consultations take and give. Instants in UTC."""

from datetime import datetime
from typing import Annotated

from backend.structs import Read, Write
from backend.words import NOTE, at_most


class AnswerDraft(Write, frozen=True, kw_only=True):
    """A question and its answer as everybody is to read them."""

    question: Annotated[str, at_most(NOTE)]
    answer: Annotated[str, at_most(NOTE)]


class AnsweredQuestion(Read, frozen=True, kw_only=True):
    """An answered question that nobody has published: its words without what a person is found by, as far as seen."""

    order_id: int
    number: str
    item_zh: str
    item_en: str
    closed_at: datetime
    rating: int | None
    question: str
    answer: str


class PublicAnswer(Read, frozen=True, kw_only=True):
    """What everybody reads."""

    id: int
    topic: str
    question: str
    answer: str
    published_at: datetime


class ReleasedAnswer(PublicAnswer, frozen=True, kw_only=True):
    """The same for those who release answers there."""

    order_id: int
    number: str
    is_withdrawn: bool
