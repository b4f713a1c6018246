"""Texts for the bench of public opinion: read from files, in halves, and as the words that they have."""

import csv
import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from backend.intake.items.structs import Case
from backend.public_opinion.detection.mentions import Mentions, Text
from backend.public_opinion.detection.surprise import log_likelihood_ratio
from backend.public_opinion.vocabulary import TownVocabulary, vocabulary_of
from backend.public_opinion.words import clauses, finding
from backend.public_opinion.words.matching import Matcher

TOWN = "310115105"
_LETTERED = re.compile(r"[A-Z][0-9]*(?=[市区县])|西地省")


class Dated(NamedTuple):
    day: date
    said: str
    places: list[str]


class Numbered(NamedTuple):
    """A text as the words that it has."""

    label: str
    words: list[int]


def vocabulary_from(texts: Sequence[str], places: Sequence[str] = ()) -> TownVocabulary:
    """As the nightly job finds it."""
    gazetteer = Matcher({place: number for number, place in enumerate(places)})
    found = finding.find_words([clauses.read(text, gazetteer) for text in texts])
    rows = [(each.word, each.is_place) for each in found if each.word not in set(places)]
    rows += [(place, True) for place in places]
    return vocabulary_of((number, word, is_place) for number, (word, is_place) in enumerate(rows))


def mentions_of(texts: Iterable[tuple[date, list[int]]]) -> Mentions:
    """All of the town as a whole."""
    rows = enumerate(texts)
    return Mentions.build(TOWN, (Text(number, TOWN, day, number, words) for number, (day, words) in rows))


def halves(cases: Sequence[Case]) -> tuple[list[Case], list[Case]]:
    """By a print of each text, so that the same text is always on the same side."""
    even = [hashlib.sha256(case.text.encode()).digest()[-1] % 2 == 0 for case in cases]
    return (
        [case for case, is_even in zip(cases, even, strict=True) if is_even],
        [case for case, is_even in zip(cases, even, strict=True) if not is_even],
    )


def said_of(case: Case) -> str:
    return _LETTERED.sub("", f"{case.title}\n{case.text}")


def read_dated(file: Path) -> Iterator[Dated]:
    with gzip.open(file, "rt", encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            day = date.fromisoformat(row["time"][:10])
            if day.year >= 2019:
                said = _LETTERED.sub("", f"{row['title']}\n{row['text']}")
                yield Dated(day, said, [place for place in row["places"].split("|") if place])


def telling_words(texts: Sequence[Numbered]) -> list[int]:
    """Of each class the word that belongs to it most, of words in 20 to 80 texts: a matter is the texts that say it."""
    total = Counter(word for each in texts for word in each.words)
    found = []
    for label in sorted({each.label for each in texts}):
        own = [each for each in texts if each.label == label]
        counts = Counter(word for each in own for word in each.words)

        def tells(word: int, counts: Counter[int] = counts, of: int = len(own)) -> float:
            return log_likelihood_ratio(counts[word], of, total[word] - counts[word], len(texts) - of)

        found.append(max((word for word, many in counts.items() if 20 <= many <= 80), key=tells))
    return found
