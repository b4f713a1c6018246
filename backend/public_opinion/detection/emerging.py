"""苗头: words that rise together in an area, by more than chance among all that was looked at. Pure.

Of the words that the scan finds, those that are believed at a rate of false discoveries of `FALSE_DISCOVERIES`, or that
are as surprising as a town wants to be warned of, and that stand in the same texts, are one matter. What is found in a
committee and in its town is told where it happens: in the committee, where most of it lies there, else in the town.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.detection.mentions import Mentions
from backend.public_opinion.detection.scanning import Rising, find_rising
from backend.public_opinion.rules import FALSE_DISCOVERIES, WINDOWS

_TOGETHER = 0.4
"""Words are one matter where so many of the texts of the rarer one have both."""
_MOSTLY = 0.6
_WORDS_MOST = 8


class Matter(NamedTuple):
    """Words that rise together, the most surprising first; `words` and `text_ids` as `Mentions` has them.

    `surprise`: -log10 of the chance of its most surprising word. `days`, `expected`, `false_discovery`: of the same.
    """

    area_code: str
    words: tuple[int, ...]
    text_ids: frozenset[int]
    days: int
    voices: int
    expected: float
    surprise: float
    false_discovery: float


def find_matters(
    mentions: Mentions, until: int, is_place: NDArray[np.bool_], least_surprise: float = inf
) -> list[Matter]:
    """What rises in the days to `until`, the most surprising first. `is_place`: of each of `mentions.words`.

    `least_surprise`: what surprises as much is found even where chance among so many words might have made it.
    """
    found = find_rising(mentions, until)
    rising = [each for each in found if each.false_discovery <= FALSE_DISCOVERIES or each.surprise >= least_surprise]
    return group(mentions, until, is_place, rising)


def group(mentions: Mentions, until: int, is_place: NDArray[np.bool_], rising: Sequence[Rising]) -> list[Matter]:
    """Words that rise on a day as matters, the most surprising first."""
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


def _texts_by_word(mentions: Mentions, until: int, rising: Sequence[Rising]) -> dict[tuple[int, int], frozenset[int]]:
    """The texts, by row, of each rising word in its area and its days."""
    recent = mentions.spoken(until - max(WINDOWS) + 1, until)
    is_rising = np.isin(mentions.word[recent], [each.word for each in rising])
    of, word = mentions.of[recent][is_rising], mentions.word[recent][is_rising]
    town = len(mentions.areas)
    return {
        (each.area, each.word): frozenset(
            of[
                (word == each.word)
                & (mentions.day[of] > until - each.days)
                & ((mentions.area[of] == each.area) | (each.area == town))
            ].tolist()
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
        text_ids=frozenset(mentions.text_ids[rows].tolist()),
        days=lead.days,
        voices=len(np.unique(mentions.reporter[rows])),
        expected=lead.expected,
        surprise=lead.surprise,
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
        if any(len(each.text_ids & outer.text_ids) >= _MOSTLY * len(outer.text_ids) for each in inner):
            left = [each for each in left if each is not outer]
        else:
            left = [each for each in left if each not in inner]
    return left
