"""Numbers in English sentences: one order, two orders."""

import re
from collections.abc import Iterator
from string import Formatter

import pytest

from backend.web.i18n import catalogue, error_texts
from backend.web.i18n.wording import filled

_AFTER_ONE = re.compile(r"(?<![\w.,/×–+-])\+?1 (?:(?:more|confirmed|recurring|live|bad) )?([a-z]+)")
_NO_PLURAL = frozenset(
    {"is", "was", "has", "says", "agrees", "goes", "does", "declares", "holds", "names", "handles", "reports", "looks"}
    | {"waits", "as", "s"}
)
"""What one does, or a name or a file: no plurals."""
_NOT_OF_ONE = frozenset({"are", "were", "people", "wait", "have"})


def sentences() -> Iterator[tuple[str, str]]:
    yield from catalogue.catalogue("en").items()
    for key, entry in error_texts.entries().items():
        yield key, entry["en"]
        title = entry.get("title")
        if isinstance(title, dict):
            yield f"{key}.title", title["en"]


class _One(int):
    """The number one, whatever the sentence asks of it."""

    def __format__(self, spec: str) -> str:
        return "1"


def _of_one(sentence: str) -> str:
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return filled(sentence, dict.fromkeys(names, _One(1)))


def _wrong(sentence: str) -> list[str]:
    behind = _AFTER_ONE.findall(_of_one(sentence))
    return [w for w in behind if w in _NOT_OF_ONE or (w.endswith("s") and not w.endswith("ss") and w not in _NO_PLURAL)]


def test_no_english_sentence_counts_one_as_many() -> None:
    found = {key: _wrong(words) for key, words in sentences() if "{" in words}

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_no_english_sentence_leaves_the_choice_to_its_reader() -> None:
    assert [key for key, words in sentences() if re.search(r"[a-z]\(e?s\)", words)] == []


def test_sentences_of_scripts_choose_nothing() -> None:
    """They are filled in by the phone, which knows no `one|many`: it is a kilobyte of the first page."""
    assert [key for key, words in sentences() if key.startswith("js.") and re.search(r"\{\w+:", words)] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [(0, "0 orders are"), (1, "1 order is"), (2, "2 orders are"), ("1", "1 order is"), (1.5, "1.5 orders are")],
)
def test_a_number_chooses_its_words(n: float | str, said: str) -> None:
    assert filled("{n} {n:order is|orders are}", {"n": n}) == said


@pytest.mark.parametrize("sentence", ["{n} limits", "at 1 {n} more photos", "{n} wait"])
def test_the_check_finds_what_it_looks_for(sentence: str) -> None:
    assert _wrong(sentence)
