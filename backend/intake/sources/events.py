"""Facts about sources, in the past tense. None carries a key."""

from typing import ClassVar

from backend.events.facts import Fact


class SourceFact(Fact, frozen=True, kw_only=True):
    """`acted_by_id`: None for the operator at the command line."""

    subject: ClassVar[str] = "intake_source"
    name_of_source: str
    acted_by_id: int | None = None


class SourceAdded(SourceFact, frozen=True, kw_only=True):
    pass


class SourceChanged(SourceFact, frozen=True, kw_only=True):
    pass


class SourceKeyRenewed(SourceFact, frozen=True, kw_only=True):
    """Its key or the secret of its webhooks."""


class SourceClosedByTown(SourceFact, frozen=True, kw_only=True):
    """Nothing more is taken from it."""
