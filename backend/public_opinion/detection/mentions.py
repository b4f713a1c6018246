"""Which words stand in which texts, as numbers: what the search for rising words runs on. Pure.

Areas are told at two levels, the committee and the town; a text of no committee belongs to its town alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.rules import WEEK_DAYS, WEEKS_BEFORE

Ints = NDArray[np.int64]


class Text(NamedTuple):
    """A text that was counted. `reporter`: whoever said it, the same number for all that they say."""

    order_id: int
    area_code: str
    day: date
    reporter: int
    word_ids: Sequence[int]


class Mentions(NamedTuple):
    """The texts of one town, a row each. `of` and `word`: each word of each text, by row and by place in `words`."""

    town_code: str
    areas: list[str]
    """The committees; the town itself comes behind the last of them."""
    words: Ints
    order_ids: Ints
    area: Ints
    day: Ints
    reporter: Ints
    of: Ints
    word: Ints

    @classmethod
    def build(cls, town_code: str, texts: Iterable[Text]) -> Self:
        rows = list(texts)
        areas = sorted({row.area_code for row in rows} - {town_code})
        places = {code: number for number, code in enumerate(areas)} | {town_code: len(areas)}
        counts = [len(row.word_ids) for row in rows]
        words, word = np.unique(_ints(each for row in rows for each in row.word_ids), return_inverse=True)
        _, reporter = np.unique(_ints(row.reporter for row in rows), return_inverse=True)
        return cls(
            town_code=town_code,
            areas=areas,
            words=words,
            order_ids=_ints(row.order_id for row in rows),
            area=_ints(places[row.area_code] for row in rows),
            day=_ints(row.day.toordinal() for row in rows),
            reporter=reporter.astype(np.int64),
            of=np.repeat(np.arange(len(rows)), counts),
            word=word.astype(np.int64),
        )

    def code_of(self, area: int) -> str:
        return self.areas[area] if area < len(self.areas) else self.town_code

    def on_days(self, day: Ints) -> Self:
        """The same texts on other days."""
        return self._replace(day=day)


class Voices(NamedTuple):
    """How many voices said a word in an area, now and before, of how many. A row for each word in each area."""

    area: Ints
    word: Ints
    now: NDArray[np.float64]
    before: NDArray[np.float64]
    now_of: NDArray[np.float64]
    before_of: NDArray[np.float64]


def count_voices(mentions: Mentions, until: int) -> Voices:
    """Of the seven days to `until` (a day's ordinal) beside the eight weeks before; a reporter is one voice a week."""
    week = (until - mentions.day) // WEEK_DAYS
    is_near = (week >= 0) & (week <= WEEKS_BEFORE)
    rows = np.flatnonzero(is_near)
    town = len(mentions.areas)
    texts = _at_both_levels(mentions.area[rows], town, mentions.reporter[rows], week[rows])
    now_of, before_of = _totals(*texts, size=town + 1)
    spoken = is_near[mentions.of]
    of, word = mentions.of[spoken], mentions.word[spoken]
    places, reporters, weeks, words = _at_both_levels(mentions.area[of], town, mentions.reporter[of], week[of], word)
    pair, now, before = _by_pair(places * max(1, len(mentions.words)) + words, reporters, weeks)
    area, word = np.divmod(pair, max(1, len(mentions.words)))
    return Voices(area, word, now, before, now_of[area], before_of[area])


def weeks_known(mentions: Mentions, until: int) -> int:
    """In how many of the eight weeks before anything was said."""
    week = (until - mentions.day) // WEEK_DAYS
    return len(np.unique(week[(week >= 1) & (week <= WEEKS_BEFORE)]))


def _at_both_levels(area: Ints, town: int, *others: Ints) -> tuple[Ints, ...]:
    """Each row for its committee and for its town; what has no committee once."""
    is_inner = area != town
    return (
        np.concatenate([area, np.full(int(is_inner.sum()), town)]),
        *(np.concatenate([each, each[is_inner]]) for each in others),
    )


def _totals(area: Ints, reporter: Ints, week: Ints, *, size: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found, now, before = _by_pair(area, reporter, week)
    now_of, before_of = np.zeros(size), np.zeros(size)
    now_of[found], before_of[found] = now, before
    return now_of, before_of


def _by_pair(pair: Ints, reporter: Ints, week: Ints) -> tuple[Ints, NDArray[np.float64], NDArray[np.float64]]:
    """Voices of this week and of the weeks before, by pair; each reporter of a week once."""
    reporters = int(reporter.max(initial=0)) + 1
    weeks = WEEKS_BEFORE + 1
    once = np.unique((pair * weeks + week) * reporters + reporter)
    pairs, in_week = np.divmod(once // reporters, weeks)
    found, which = np.unique(pairs, return_inverse=True)
    now = np.bincount(which, in_week == 0, len(found)).astype(np.float64)
    return found, now, np.bincount(which, minlength=len(found)) - now


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
