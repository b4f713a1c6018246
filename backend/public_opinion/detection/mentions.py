"""Which words stand in which texts, as numbers: what the search for rising words runs on. Pure.

Areas are told at two levels, the committee and the town; a text of no committee belongs to its town alone.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Text(NamedTuple):
    """A text that was counted. `reporter`: whoever said it, the same number for all that they say."""

    text_id: int
    area_code: str
    day: date
    reporter: int
    word_ids: Sequence[int]


class Mentions(NamedTuple):
    """The texts of one town by day, a row each. `of` and `word`: each word of each, by row and place in `words`."""

    town_code: str
    areas: list[str]
    """The committees; the town itself comes behind the last of them."""
    words: Ints
    text_ids: Ints
    area: Ints
    day: Ints
    reporter: Ints
    of: Ints
    word: Ints

    @classmethod
    def build(cls, town_code: str, texts: Iterable[Text]) -> Self:
        rows = sorted(texts, key=lambda row: (row.day, row.text_id))
        areas = sorted({row.area_code for row in rows} - {town_code})
        places = {code: number for number, code in enumerate(areas)} | {town_code: len(areas)}
        counts = [len(row.word_ids) for row in rows]
        words, word = np.unique(_ints(each for row in rows for each in row.word_ids), return_inverse=True)
        _, reporter = np.unique(_ints(row.reporter for row in rows), return_inverse=True)
        return cls(
            town_code=town_code,
            areas=areas,
            words=words,
            text_ids=_ints(row.text_id for row in rows),
            area=_ints(places[row.area_code] for row in rows),
            day=_ints(row.day.toordinal() for row in rows),
            reporter=reporter.astype(np.int64),
            of=np.repeat(np.arange(len(rows)), counts),
            word=word.astype(np.int64),
        )

    def code_of(self, area: int) -> str:
        return self.areas[area] if area < len(self.areas) else self.town_code

    def on_days(self, day: Ints) -> Self:
        """The same texts on other days, in the order of those."""
        order = np.argsort(day, kind="stable")
        row = np.empty_like(order)
        row[order] = np.arange(len(order))
        moved = row[self.of]
        by_text = np.argsort(moved, kind="stable")
        return self._replace(
            text_ids=self.text_ids[order],
            area=self.area[order],
            day=day[order],
            reporter=self.reporter[order],
            of=moved[by_text],
            word=self.word[by_text],
        )

    def spoken(self, first: int, last: int) -> slice:
        """The rows of `of` and `word` of the texts of these days."""
        start, stop = np.searchsorted(self.day, (first, last + 1))
        return slice(*np.searchsorted(self.of, (start, stop)))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)
