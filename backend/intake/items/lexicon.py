"""Cut Chinese text into words: of all ways to cut it, the one whose words are commonest together.

The words are those of jieba's dictionary (MIT) of up to five characters, with how common each is, held as numbers. No
names of a town are in it, and none are needed: a word that is not known falls into characters.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("lexicon.model")
LONGEST_WORD = 5
_MAGIC = b"YIMALEX1"
NEVER = -1e9
_NONE = (-1, 0, NEVER)
"""How common a run is that is no word."""


class LexiconBroken(ValueError):
    """The file is no lexicon, was cut short or was altered."""


class Lexicon(NamedTuple):
    """Numbers of words, rising, and the logarithm of how common each is; `unknown` is that of any other character."""

    numbers: NDArray[np.uint64]
    commonness: NDArray[np.float32]
    unknown: float

    def look_up(self, numbers: NDArray[np.uint64]) -> NDArray[np.float64]:
        """How common each is; far below everything where it is no word."""
        at = find(self.numbers, numbers)
        return np.where(self.numbers[at] == numbers, self.commonness[at].astype(np.float64), NEVER)


def find(table: NDArray[np.uint64], numbers: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Where in a rising table each would stand. Looked up in their order, so that neighbours lie near in memory."""
    order = np.argsort(numbers)
    at = np.empty(len(numbers), np.intp)
    at[order] = np.searchsorted(table, numbers[order])
    return np.minimum(at, len(table) - 1)


def cut(by_length: list[NDArray[np.float64]], unknown: float) -> list[tuple[int, int]]:
    """Where words begin and end. `by_length[n][i]`: how common the word of n + 1 characters at i is, or far below."""
    size = len(by_length[0])
    alone = np.maximum(by_length[0], unknown).tolist()
    best, longest = [0.0] * (size + 1), [1] * size
    words = _longer(by_length)
    start, length, commonness = next(words, _NONE)
    for at in range(size - 1, -1, -1):
        reached = alone[at] + best[at + 1]
        while start == at:
            if commonness + best[at + length] > reached:
                reached, longest[at] = commonness + best[at + length], length
            start, length, commonness = next(words, _NONE)
        best[at] = reached
    found, at = [], 0
    while at < size:
        found.append((at, at + longest[at]))
        at += longest[at]
    return found


def _longer(by_length: list[NDArray[np.float64]]) -> Iterator[tuple[int, int, float]]:
    """Words of two characters and more: where each begins, how long, how common; the last first, shorter ones first."""
    table = np.stack(by_length[1:])
    lengths, starts = np.nonzero(table > NEVER)
    order = np.lexsort((lengths, -starts))
    lengths, starts = lengths[order], starts[order]
    return zip(starts.tolist(), (lengths + 2).tolist(), table[lengths, starts].tolist(), strict=True)


@cache
def shipped() -> Lexicon:
    """One for a process. Raises LexiconBroken, OSError."""
    return read(FILE)


def read(file: Path) -> Lexicon:
    """Raises LexiconBroken, OSError."""
    raw = file.read_bytes()
    if raw[:8] != _MAGIC or hashlib.sha256(raw[40:]).digest() != raw[8:40] or (len(raw) - 44) % 12:
        raise LexiconBroken(file.name)
    many = (len(raw) - 44) // 12
    numbers = np.frombuffer(raw, "<u8", many, 44)
    commonness = np.frombuffer(raw, "<f4", many, 44 + 8 * many)
    return Lexicon(numbers, commonness, float(np.frombuffer(raw, "<f4", 1, 40)[0]))


def write(file: Path, lexicon: Lexicon) -> str:
    """8 bytes YIMALEX1, SHA-256 of the rest, f32 of unknown characters, u64 numbers, f32 each; returns the checksum."""
    body = np.float32(lexicon.unknown).tobytes() + lexicon.numbers.astype("<u8").tobytes()
    body += lexicon.commonness.astype("<f4").tobytes()
    checksum = hashlib.sha256(body)
    file.write_bytes(_MAGIC + checksum.digest() + body)
    return checksum.hexdigest()
