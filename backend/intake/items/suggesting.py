"""What a text is about: the three likeliest with the words that spoke for them, and whether a person need look."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from backend.intake.items import acceptance, mapping
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
    """The likeliest first. `is_certain`: the first goes on its way without a person, by the error that is accepted."""

    suggestions: tuple[Suggestion, ...]
    is_certain: bool
    threshold: float | None


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
    return Suggested(suggestions=found, is_certain=is_certain, threshold=least)


def model_of(state_dir: Path) -> Path:
    """The town's own model where it has trained one, else the shipped one."""
    own = state_dir / OWN_NAME
    return own if own.exists() else SHIPPED


@lru_cache(maxsize=2)
def _loaded(model: Path, _: int) -> "Classifier":
    """One for a process, until the file is another one. Numpy comes with it."""
    from backend.intake.items.classifier import Classifier

    return Classifier.load(model)
