"""What a text is about: the three likeliest with the words that spoke for them, and whether a person need look."""

from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from backend.intake.items import acceptance, mapping
from backend.items import queries as items
from backend.structs import Read

if TYPE_CHECKING:
    from backend.intake.items.classifier import Classifier

SHIPPED = Path(__file__).with_name("petitions.model")
"""Trained on petitions of 2010 to 2020; its classes are those of `petition_classes.csv`."""
OWN_NAME = "items.model"
"""The file in the state folder that a town's own model is."""


class Suggestion(Read, frozen=True, kw_only=True):
    """A class, the items that it may be, how probable it is, and the words of the text that spoke for it."""

    label: str
    items: tuple[str, ...]
    probability: float
    words: tuple[str, ...]


class Suggested(Read, frozen=True, kw_only=True):
    """The likeliest first. `is_certain` speaks of the first class, by the error that is accepted, and of no item.

    `item_code`: what goes on its way without a person, where the class is certain and is this item and no other. Where
    it is None, a dispatcher is asked, with the suggestions and the words that spoke for them.
    """

    suggestions: tuple[Suggestion, ...]
    is_certain: bool
    threshold: float | None
    item_code: str | None = None


class AcceptsError(Protocol):
    """A source: `accepted_error` is its own, or None for the town's."""

    @property
    def accepted_error(self) -> float | None: ...


async def suggest_for(source: AcceptsError, title: str, text: str, *, model: Path, town_error: float) -> Suggested:
    """What a source's text is about; items that the dictionary takes no more are not suggested.

    `town_error`: for a source that says none of its own. Raises ModelBroken, OSError, ErrorOutOfRange.
    """
    accepted = town_error if source.accepted_error is None else source.accepted_error
    return only_open(suggest(model, title, text, accepted), await items.list_open_codes())


def only_open(suggested: Suggested, open_codes: Set[str]) -> Suggested:
    """The same without items that are not open. That one of several is left makes nothing surer. Pure."""
    return msgspec.structs.replace(
        suggested,
        suggestions=tuple(
            msgspec.structs.replace(each, items=tuple(code for code in each.items if code in open_codes))
            for each in suggested.suggestions
        ),
        item_code=suggested.item_code if suggested.item_code in open_codes else None,
    )


def suggest(model: Path, title: str, text: str, accepted_error: float) -> Suggested:
    """Ask a model about a text. Raises ModelBroken, OSError, ErrorOutOfRange."""
    classifier = _loaded(model, model.stat().st_mtime_ns)
    header = classifier.model.header
    least = acceptance.threshold(header.confidences, header.seen, header.wrong, accepted_error)
    found = tuple(
        Suggestion(
            label=each.label,
            items=mapping.items_of(each.label, f"{title}\n{text}"),
            probability=each.probability,
            words=each.words,
        )
        for each in classifier.suggest(title, text)
    )
    is_certain = least is not None and found[0].probability >= least
    is_one_item = len(found[0].items) == 1
    return Suggested(
        suggestions=found,
        is_certain=is_certain,
        threshold=least,
        item_code=found[0].items[0] if is_certain and is_one_item else None,
    )


def model_of(state_dir: Path) -> Path:
    """The town's own model where it has trained one, else the shipped one."""
    own = state_dir / OWN_NAME
    return own if own.exists() else SHIPPED


@lru_cache(maxsize=2)
def _loaded(model: Path, _: int) -> "Classifier":
    """One for a process, until the file is another one. Numpy comes with it."""
    from backend.intake.items.classifier import Classifier

    return Classifier.load(model)
