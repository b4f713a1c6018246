"""From a class of the model to items of the dictionary, and among them by the words that name an item. Pure data.

A model that a town trained on its own cases says codes of the dictionary itself. The shipped one says the seven classes
of its petitions; each may be several items, and which one is looked up in the text: `item_words.csv`. No labelled text
says how often those words are right, so what they choose is shown to a dispatcher and never decided alone.
"""

import csv
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_BETWEEN = "|"


@cache
def classes() -> dict[str, tuple[str, ...]]:
    """The shipped model's classes, each with the items that it may be, the commonest first."""
    return {row["class_zh"]: tuple(row["items"].split(_BETWEEN)) for row in _rows("petition_classes.csv")}


@cache
def item_words() -> dict[str, tuple[str, ...]]:
    """Words that name an item, by its code."""
    return {row["code"]: tuple(row["words"].split(_BETWEEN)) for row in _rows("item_words.csv")}


def items_of(label: str, said: str) -> tuple[str, ...]:
    """The codes that a class may be, those first whose words the text says most of; a code is itself."""
    known = classes().get(label)
    if known is None:
        return (label,)
    return tuple(sorted(known, key=lambda code: -sum(len(word) for word in item_words().get(code, ()) if word in said)))


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
