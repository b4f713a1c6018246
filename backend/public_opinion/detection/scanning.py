"""A prospective scan: every word of every area, over windows that end today, beside what is usual there. Pure.

In each window the voices of a word are held against its share of the voices of the base, so that days on which more or
less is said of everything, weekdays, holidays and rain, cancel out. A word counts by the window in which it surprises
most. Many windows of many words are looked at: how often chance alone surprises as much is what the replay tells
(Kulldorff 2001; a negative binomial in place of his Poisson, see tails.py).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from backend.public_opinion.detection.mentions import Ints, Mentions
from backend.public_opinion.detection.series import DailyVoices, by_area
from backend.public_opinion.detection.tails import Floats, benjamini_hochberg, upper_tail
from backend.public_opinion.rules import (
    BASE_DAYS,
    GAP_DAYS,
    LEAST_VOICES,
    LEAST_WEEKS,
    SURPRISE_LEAST,
    WEEK_DAYS,
    WINDOWS,
)

_CHUNK = 2_000
_NEAR = 2.2
"""Twice the difference of roots (Anscombe) below which no tail is as small as that."""


class Rising(NamedTuple):
    """A word that rises in an area: voices in the last `days`, how many were to be expected, how likely by chance."""

    area: int
    word: int
    days: int
    voices: int
    expected: float
    chance: float
    false_discovery: float = 1.0

    @property
    def surprise(self) -> float:
        return float(-np.log10(max(self.chance, 1e-300)))


class _Found(NamedTuple):
    """Of one area: of each word and day the least chance, in which window, beside what; and how many were looked at."""

    chance: Floats
    window: Ints
    voices: Ints
    expected: Floats
    tests: Ints


def first_day(mentions: Mentions) -> int:
    """The first day on which there is enough to compare with."""
    return int(mentions.day[0]) + GAP_DAYS + LEAST_WEEKS * WEEK_DAYS


def scan(mentions: Mentions, days: Sequence[int]) -> dict[int, list[Rising]]:
    """What surprises on each of these days (ordinals) by `SURPRISE_LEAST` and more, by area and word."""
    if not len(mentions.day):
        return {}
    looked_at = [day for day in days if day >= first_day(mentions)]
    known = int(mentions.day[-1] - mentions.day[0]) + 1
    until = np.array(looked_at, np.int64) - int(mentions.day[0]) + 1
    found: dict[int, list[Rising]] = defaultdict(list)
    tests = np.zeros(len(looked_at), np.int64)
    for voices in by_area(mentions):
        area = _scan_area(voices, until, known)
        tests += area.tests
        for row, at in np.argwhere(area.chance <= 10**-SURPRISE_LEAST).tolist():
            found[at].append(_rising(voices, area, row, at))
    return {looked_at[at]: _believed(rising, int(tests[at])) for at, rising in found.items()}


def find_rising(mentions: Mentions, until: int) -> list[Rising]:
    """The same of one day."""
    return scan(mentions, [until]).get(until, [])


def _scan_area(voices: DailyVoices, until: Ints, known: int) -> _Found:
    end, base_end = np.minimum(until, known), np.minimum(until - GAP_DAYS, known)
    base_from = np.clip(until - GAP_DAYS - BASE_DAYS, 0, known)
    before, before_of = _between(voices, base_from, base_end)
    shape = before.shape
    best = _Found(np.ones(shape), np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.zeros(shape), _NO_TESTS)
    now = before
    for window in WINDOWS:
        now, now_of = _between(voices, np.minimum(until - window, known), end)
        expected = np.divide(before * now_of, before_of, out=np.zeros(shape), where=before_of > 0)
        is_near = (now >= LEAST_VOICES) & (2 * (np.sqrt(now) - np.sqrt(expected + 0.5)) >= _NEAR)
        row, at = np.nonzero(is_near)
        chance = _tails(now[row, at], now_of[at], before[row, at], before_of[at])
        is_less = chance < best.chance[row, at]
        where = row[is_less], at[is_less]
        best.chance[where], best.window[where] = chance[is_less], window
        best.voices[where], best.expected[where] = now[where], expected[where]
    # A word that fewer than five said in all those days could never rise, so it is no test (Tarone 1990).
    return best._replace(tests=(now + before >= LEAST_VOICES).sum(axis=0))


_NO_TESTS = np.zeros(0, np.int64)


def _between(voices: DailyVoices, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    return voices.said[:, end].astype(np.int64) - voices.said[:, start], voices.total[end] - voices.total[start]


def _tails(now: Ints, now_of: Ints, before: Ints, before_of: Ints) -> Floats:
    """The tails of many, like with like: a sum has as many terms as the greatest count of those beside it."""
    found = np.ones(len(now))
    order = np.argsort(now, kind="stable")
    for start in range(0, len(order), _CHUNK):
        part = order[start : start + _CHUNK]
        found[part] = upper_tail(*(each[part].astype(np.float64) for each in (now, now_of, before, before_of)))
    return found


def _rising(voices: DailyVoices, area: _Found, row: int, at: int) -> Rising:
    return Rising(
        area=voices.area,
        word=int(voices.words[row]),
        days=int(area.window[row, at]),
        voices=int(area.voices[row, at]),
        expected=float(area.expected[row, at]),
        chance=float(area.chance[row, at]),
    )


def _believed(rising: Sequence[Rising], tests: int) -> list[Rising]:
    """With the rate of false discoveries at which each is believed; a window is a test of its own."""
    chances = np.array([each.chance for each in rising])
    false = benjamini_hochberg(chances, max(len(rising), tests * len(WINDOWS)))
    return [each._replace(false_discovery=float(rate)) for each, rate in zip(rising, false, strict=True)]
