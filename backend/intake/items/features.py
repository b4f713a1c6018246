"""What a model sees of a text, as numbers of 64 bits, and how often each occurs.

Words with their neighbours, as the text is cut into them; every word of the lexicon that stands in it however it is
cut; and of the title and the beginning, where a message says what it is about, all runs of one to four characters
within a clause. A model holds numbers in place of anybody's words.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backend.intake.items import lexicon

LONGEST_RUN = 4
"""Of the beginning; words are up to `lexicon.LONGEST_WORD`."""
HEAD = 100
"""Characters after the title that count as the beginning."""
MOST = 3000
"""Characters of a text that are read; what follows decides nothing."""
CUT, CONTAINED, FIRST = PARTS = (0, 1, 2)
"""The words that a text is cut into, the words that it contains, the runs of its beginning."""

Numbers = NDArray[np.uint64]
_ADDRESS = re.compile(r"https?://[!-~]*")
# Places of the petitions that the shipped model learnt from are letters: A3区, 西地省. Names of places decide no item.
_LETTERED = re.compile(r"[a-z][0-9]*(?=[市区县])")
_PROVINCE = re.compile("西地省")
_DIGITS = re.compile(r"[0-9]+")
_BLANKS = re.compile(r"\s+")
_REPEATED = re.compile(r"([^0-9a-z㐀-鿿])\1+")
_OF_WORDS = (("0", "9"), ("a", "z"), ("㐀", "鿿"), ("\U00020000", "\U0003ffff"))
_LONG_NUMBER = 5
_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


class Counted(NamedTuple):
    """What one part of a text is made of: each number once, in rising order, with its count."""

    numbers: Numbers
    counts: NDArray[np.int64]


class Spotted(NamedTuple):
    """Where things of one kind lie in a text, a row of from and to, and their numbers."""

    spans: NDArray[np.intp]
    numbers: Numbers


@dataclass(frozen=True)
class Seen:
    """A text's runs by length, and how common each is as a word, `lexicon.NEVER` where it is none."""

    size: int
    runs: list[Spotted]
    commonness: list[NDArray[np.float64]]

    @cached_property
    def cut(self) -> Spotted:
        return cut(self)

    @cached_property
    def words(self) -> Spotted:
        return words_of(self)

    @cached_property
    def contained(self) -> Spotted:
        return contained_in(self)


def plain(text: str) -> str:
    """The text as it is counted: in narrow characters, digits by length, no addresses, no letters for places."""
    narrow = unicodedata.normalize("NFKC", text[:MOST]).lower()
    narrow = _PROVINCE.sub("省", _LETTERED.sub("", _ADDRESS.sub("", narrow)))
    narrow = _DIGITS.sub(lambda digits: "00" if len(digits[0]) >= _LONG_NUMBER else "0", narrow)
    return _REPEATED.sub(r"\1", _BLANKS.sub(" ", narrow)).strip()


def whole(title: str, text: str) -> str:
    """Title and text as one."""
    return f"{plain(title)}\n{plain(text)}"


def read(title: str, text: str) -> tuple[Counted, ...]:
    """What each of PARTS is made of."""
    said = whole(title, text)
    return tuple(Counted(*np.unique(each, return_counts=True)) for each in parts_of(said, look_at(said)))


def parts_of(said: str, seen: Seen) -> tuple[Numbers, ...]:
    """All numbers of each of PARTS of a whole that was looked at, as often as they occur; as they stand in the text."""
    first = runs_of(said[: said.index("\n") + 1 + HEAD])[:LONGEST_RUN]
    return seen.words.numbers, seen.contained.numbers, np.concatenate([each.numbers for each in first])


def look_at(said: str) -> Seen:
    """A text's runs, each looked up in the lexicon."""
    runs = runs_of(said)
    return Seen(len(said), runs, [lexicon.shipped().look_up(each.numbers) for each in runs])


def runs_of(said: str) -> list[Spotted]:
    """All runs within clauses, by length."""
    codes = np.frombuffer(said.encode("utf-32-le", "replace"), np.uint32).astype(np.uint64) + np.uint64(1)
    signs_before = np.concatenate([[0], np.cumsum(~_is_of_words(codes - np.uint64(1)))])
    rolled, found = codes, []
    for length in range(1, lexicon.LONGEST_WORD + 1):
        if length > 1:
            rolled = rolled[:-1] * _STEP + codes[length - 1 :]
        starts = np.flatnonzero(signs_before[length:] == signs_before[:-length])
        found.append(Spotted(np.stack([starts, starts + length], axis=1), _mixed(rolled[starts], length)))
    return found


def contained_in(seen: Seen) -> Spotted:
    """Every word of two characters and more that the text contains, whichever way it is cut."""
    longer = [
        (each.spans[known > lexicon.NEVER], each.numbers[known > lexicon.NEVER])
        for each, known in zip(seen.runs[1:], seen.commonness[1:], strict=True)
    ]
    return Spotted(np.concatenate([spans for spans, _ in longer]), np.concatenate([numbers for _, numbers in longer]))


def words_of(seen: Seen) -> Spotted:
    """The words of a text, and each with its neighbour in the same clause."""
    spans, numbers = seen.cut
    is_beside = spans[1:, 0] == spans[:-1, 1]
    pairs = np.stack([spans[:-1, 0], spans[1:, 1]], axis=1)[is_beside]
    joined = (numbers[:-1] * _STEP + numbers[1:])[is_beside]
    return Spotted(np.concatenate([spans, pairs]), np.concatenate([_mixed(numbers, 64), _mixed(joined, 65)]))


def cut(seen: Seen) -> Spotted:
    """The words of a text, one beside the other; what stands between clauses is none."""
    by_length = [np.full(seen.size, lexicon.NEVER) for _ in seen.runs]
    by_start = np.zeros((len(seen.runs), seen.size), np.uint64)
    for row, ((spans, numbers), known) in enumerate(zip(seen.runs, seen.commonness, strict=True)):
        by_length[row][spans[:, 0]] = known
        by_start[row, spans[:, 0]] = numbers
    is_of_words = np.zeros(seen.size, bool)
    is_of_words[seen.runs[0].spans[:, 0]] = True
    found = np.array(lexicon.cut(by_length, lexicon.shipped().unknown), np.intp).reshape(-1, 2)
    found = found[is_of_words[found[:, 0]]]
    return Spotted(found, by_start[found[:, 1] - found[:, 0] - 1, found[:, 0]])


def _is_of_words(codes: Numbers) -> NDArray[np.bool_]:
    """Which characters are digits, Latin letters or Han, rare ones too."""
    found = np.zeros(len(codes), bool)
    for first, last in _OF_WORDS:
        found |= (codes >= ord(first)) & (codes <= ord(last))
    return found


def _mixed(rolled: Numbers, kind: int) -> Numbers:
    """Spread over all 64 bits (the finish of splitmix64), apart for each kind."""
    made: Any = rolled ^ np.uint64(kind << 48)
    made = (made ^ (made >> np.uint64(30))) * _MIX[0]
    made = (made ^ (made >> np.uint64(27))) * _MIX[1]
    return made ^ (made >> np.uint64(31))
