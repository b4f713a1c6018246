"""Cut Chinese text into words: of all ways to cut it, the one whose words are commonest together.

The words are those of jieba's dictionary (MIT) of up to five characters, with how common each is, held as numbers. No
names of a town are in it, and none are needed: a word that is not known falls into characters.
"""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("lexicon.model")
LONGEST_WORD = 5
_MAGIC = b"YIMALEX1"
NEVER = -1e9
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
        at = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where(self.numbers[at] == numbers, self.commonness[at].astype(np.float64), NEVER)


def cut(by_length: list[NDArray[np.float64]], unknown: float) -> list[tuple[int, int]]:
    """Where words begin and end. `by_length[n][i]`: how common the word of n + 1 characters at i is, or far below."""
    columns = [each.tolist() for each in by_length]
    size = len(columns[0]) if columns else 0
    best, longest = [0.0] * (size + 1), [1] * size
    for at in range(size - 1, -1, -1):
        reached, length = max(columns[0][at], unknown) + best[at + 1], 1
        for more, column in enumerate(columns[1:], 2):
            if at + more > size:
                break
            if column[at] > NEVER and column[at] + best[at + more] > reached:
                reached, length = column[at] + best[at + more], more
        best[at], longest[at] = reached, length
    found, at = [], 0
    while at < size:
        found.append((at, at + longest[at]))
        at += longest[at]
    return found


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
