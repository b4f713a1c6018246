"""苗头: words that rise together in an area, by more than chance among all that was looked at. Pure.

Each word of each area is held against its eight weeks before. Of those that pass at a rate of false discoveries of
`FALSE_DISCOVERIES`, the ones that stand in the same texts are one matter. What is found in a committee and in its town
is told where it happens: in the committee, where most of it lies there, else in the town.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.detection import mentions as counting
from backend.public_opinion.detection.mentions import Mentions, Voices
from backend.public_opinion.detection.tails import benjamini_hochberg, upper_tail
from backend.public_opinion.rules import FALSE_DISCOVERIES, LEAST_VOICES, LEAST_WEEKS, WEEK_DAYS

_TOGETHER = 0.4
"""Words are one matter where so many of the texts of the rarer one have both."""
_MOSTLY = 0.6
_WORDS_MOST = 8


class Rising(NamedTuple):
    """A word that rises in an area: voices now, how many were to be expected, and how likely that is by chance."""

    area: int
    word: int
    voices: int
    expected: float
    chance: float
    false_discovery: float


class Matter(NamedTuple):
    """Words that rise together, the most surprising first; `words` and `order_ids` as `Mentions` has them.

    `surprise`: -log10 of the chance of its most surprising word. `false_discovery`: of the same.
    """

    area_code: str
    words: tuple[int, ...]
    order_ids: frozenset[int]
    voices: int
    expected: float
    surprise: float
    false_discovery: float


def find_matters(mentions: Mentions, until: int, is_place: NDArray[np.bool_]) -> list[Matter]:
    """What rises in the seven days to `until`, the most surprising first. `is_place`: of each of `mentions.words`."""
    rising = find_rising(mentions, until)
    if not rising:
        return []
    texts = _texts_by_word(mentions, until, rising)
    found: list[Matter] = []
    for area in sorted({each.area for each in rising}):
        here = [each for each in rising if each.area == area]
        for cluster in _clusters(here, texts):
            if not all(is_place[each.word] for each in cluster):
                found.append(_matter(mentions, cluster, texts))
    return sorted(_once(found), key=lambda each: (-each.surprise, each.area_code, each.words))


def find_rising(mentions: Mentions, until: int) -> list[Rising]:
    """Words that pass the test, by area."""
    if counting.weeks_known(mentions, until) < LEAST_WEEKS:
        return []
    voices = counting.count_voices(mentions, until)
    expected = np.divide(
        voices.now_of * voices.before, voices.before_of, out=np.zeros_like(voices.now), where=voices.before_of > 0
    )
    tried = np.flatnonzero((voices.now >= LEAST_VOICES) & (voices.now > expected))
    chances = upper_tail(*(each[tried] for each in (voices.now, voices.now_of, voices.before, voices.before_of)))
    # A word that fewer than five said in all nine weeks could never pass, so it is no test (Tarone 1990).
    tests = int((voices.now + voices.before >= LEAST_VOICES).sum())
    false = benjamini_hochberg(chances, tests)
    return [
        _rising(voices, int(row), float(expected[row]), float(chances[at]), float(false[at]))
        for at, row in enumerate(tried)
        if false[at] <= FALSE_DISCOVERIES
    ]


def _rising(voices: Voices, row: int, expected: float, chance: float, false: float) -> Rising:
    return Rising(int(voices.area[row]), int(voices.word[row]), int(voices.now[row]), expected, chance, false)


def _texts_by_word(mentions: Mentions, until: int, rising: Sequence[Rising]) -> dict[tuple[int, int], frozenset[int]]:
    """The texts of the seven days, by row, of each rising word in its area."""
    week = (until - mentions.day) // WEEK_DAYS
    spoken = np.flatnonzero(np.isin(mentions.word, [each.word for each in rising]) & (week[mentions.of] == 0))
    of, word = mentions.of[spoken], mentions.word[spoken]
    town = len(mentions.areas)
    return {
        (each.area, each.word): frozenset(
            of[(word == each.word) & ((mentions.area[of] == each.area) | (each.area == town))].tolist()
        )
        for each in rising
    }


def _clusters(rising: Sequence[Rising], texts: dict[tuple[int, int], frozenset[int]]) -> list[list[Rising]]:
    """Words of one area by the texts that they share, each with the most surprising first."""
    ranked = sorted(rising, key=lambda each: (each.chance, each.word))
    clusters: list[list[Rising]] = []
    for each in ranked:
        own = texts[each.area, each.word]
        home = next(
            (cluster for cluster in clusters if _share_texts(own, texts[cluster[0].area, cluster[0].word])),
            None,
        )
        if home is None:
            clusters.append([each])
        else:
            home.append(each)
    return clusters


def _share_texts(one: frozenset[int], other: frozenset[int]) -> bool:
    return len(one & other) >= _TOGETHER * min(len(one), len(other))


def _matter(mentions: Mentions, cluster: Sequence[Rising], texts: dict[tuple[int, int], frozenset[int]]) -> Matter:
    lead = cluster[0]
    rows = sorted(frozenset().union(*(texts[each.area, each.word] for each in cluster)))
    return Matter(
        area_code=mentions.code_of(lead.area),
        words=tuple(each.word for each in cluster[:_WORDS_MOST]),
        order_ids=frozenset(mentions.order_ids[rows].tolist()),
        voices=len(np.unique(mentions.reporter[rows])),
        expected=lead.expected,
        surprise=float(-np.log10(max(lead.chance, 1e-300))),
        false_discovery=lead.false_discovery,
    )


def _once(found: Sequence[Matter]) -> list[Matter]:
    """What is found twice, once: where it happens."""
    left = list(found)
    for outer in found:
        inner = [
            each
            for each in found
            if each.area_code != outer.area_code
            and each.area_code.startswith(outer.area_code)
            and set(each.words) & set(outer.words)
        ]
        if any(len(each.order_ids & outer.order_ids) >= _MOSTLY * len(outer.order_ids) for each in inner):
            left = [each for each in left if each is not outer]
        else:
            left = [each for each in left if each not in inner]
    return left
