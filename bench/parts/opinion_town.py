"""A made town for the bench of early warnings: texts that came, on days that are drawn, with a matter that grows."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from backend.public_opinion.detection.mentions import Ints, Mentions
from bench.parts.opinion_texts import TOWN, Numbered

FIRST = 739_621
"""2026-01-05, a Monday."""
COMMITTEES = 10
WEEKDAYS = (1.2, 1.1, 1.1, 1.0, 1.1, 0.8, 0.7)
"""How much is said on each day of the week beside the mean: made, so that there is a shape to cancel out."""


class Pool(NamedTuple):
    """Texts as the words that they have: those of text `n` begin at `starts[n]`, and there are `lengths[n]`."""

    starts: Ints
    lengths: Ints
    words: Ints

    @classmethod
    def build(cls, texts: Sequence[Numbered]) -> "Pool":
        lengths = np.array([len(each.words) for each in texts], np.int64)
        flat = np.array([word for each in texts for word in each.words], np.int64)
        return cls(np.cumsum(lengths) - lengths, lengths, flat)


class Drawn(NamedTuple):
    """Which text came on which day, from which committee."""

    text: Ints
    day: Ints
    area: Ints


def draw(texts: Ints, per_day: Callable[[int], float], days: range, chance: np.random.Generator) -> Drawn:
    """Of these texts, so many a day in the mean, in all committees alike."""
    means = np.array([per_day(day) * WEEKDAYS[day % 7] for day in days])
    many = chance.poisson(means)
    return Drawn(
        chance.choice(texts, many.sum()), np.repeat(np.array(days), many), chance.integers(0, COMMITTEES, many.sum())
    )


def by_day(*parts: Drawn) -> Drawn:
    """All that was drawn, in the order in which it came: text `n` of the search is the one at `n`."""
    text, day, area = (np.concatenate([getattr(part, name) for part in parts]) for name in Drawn._fields)
    order = np.argsort(day, kind="stable")
    return Drawn(text[order], day[order], area[order])


def mentions_of(pool: Pool, *parts: Drawn) -> Mentions:
    """What was drawn, as the search reads it. Every text is a reporter of its own."""
    text, day, area = by_day(*parts)
    lengths = pool.lengths[text]
    of = np.repeat(np.arange(len(text)), lengths)
    within = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    words, word = np.unique(pool.words[np.repeat(pool.starts[text], lengths) + within], return_inverse=True)
    numbers = np.arange(len(text), dtype=np.int64)
    areas = [f"{TOWN}{number:03d}" for number in range(1, COMMITTEES + 1)]
    return Mentions(TOWN, areas, words, numbers, area, FIRST + day, numbers, of, word.astype(np.int64))
