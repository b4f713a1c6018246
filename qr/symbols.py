"""From a code to the dark and light modules of its QR symbol, a hundred thousand a second.

The customer's encoder (qrcode) decides what a symbol looks like. For one payload prefix, version, level and mask its
work is an affine map over GF(2): every bit of the code flips always the same modules. So it is asked once for a base
symbol and once for each bit, and each further symbol is six table look-ups XORed together. A test holds the two equal.

The code travels in alphanumeric mode (two characters in eleven bits), the prefix in byte mode or, when it is all
capitals, in alphanumeric mode too. The mask is fixed: any mask is a lawful symbol, scoring all eight costs seven times
as much, and every printed symbol is decoded back before release.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from qrcode.constants import (
    ERROR_CORRECT_H,
    ERROR_CORRECT_L,
    ERROR_CORRECT_M,
    ERROR_CORRECT_Q,
)
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode
from qrcode.util import QRData

from qr.codes import ALPHABET, LENGTH

LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q, "H": ERROR_CORRECT_H}
QUIET_ZONE = 4
MASK = 2
_ALPHANUMERIC_MODE: Final = 2
_BYTE_MODE: Final = 4
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_BASE_PAIR = "ZZ"  # not "00": the encoder fails on a block of nothing but zeros
_BASE = _BASE_PAIR * (LENGTH // 2)


class PayloadTooLong(ValueError):
    """The town's prefix needs a symbol larger than the plates allow."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """`size` modules a side, without quiet zone; bit (row * size + column) of `dark` counted from the top left."""

    size: int
    dark: int

    def rows(self) -> list[str]:
        """Each row as a word of 0 and 1."""
        line = format(self.dark, f"0{self.size * self.size}b")
        return [line[start : start + self.size] for start in range(0, len(line), self.size)]


class Stencil:
    """All symbols of one prefix: the smallest version that holds it at `level`, then the highest level that fits."""

    def __init__(self, prefix: str, level: str = "Q", max_version: int = 4) -> None:
        self.prefix = prefix
        self.version = _smallest_version(prefix, level, max_version)
        self.level = _highest_level(prefix, level, self.version)
        self.size = 17 + 4 * self.version
        self._base = self._encode(_BASE)
        self._flips = [self._pair_table(slot) for slot in range(LENGTH // 2)]

    def symbol(self, code: str) -> Symbol:
        dark = self._base
        for slot, flips in enumerate(self._flips):
            dark ^= flips[code[2 * slot : 2 * slot + 2]]
        return Symbol(self.size, dark)

    def _pair_table(self, slot: int) -> dict[str, int]:
        """What each pair of characters flips at this slot, spelt out from one pair per independent bit."""
        table: dict[str, int] = {}
        basis: list[tuple[int, int]] = []
        for value, pair in _PAIRS:
            flips, rest = 0, value ^ _BASE_VALUE
            for vector, effect in basis:
                if rest ^ vector < rest:
                    rest, flips = rest ^ vector, flips ^ effect
            if rest:
                word = _BASE[: 2 * slot] + pair + _BASE[2 * slot + 2 :]
                effect = self._encode(word) ^ self._base
                basis.append((rest, effect ^ flips))
                basis.sort(reverse=True)
                flips = effect
            table[pair] = flips
        return table

    def _encode(self, code: str) -> int:
        drawing = QRCode(version=self.version, error_correction=LEVELS[self.level], border=0, mask_pattern=MASK)
        for part in _segments(self.prefix, code):
            drawing.add_data(part)
        drawing.make(fit=False)
        return int("".join("1" if dark else "0" for row in drawing.modules for dark in row), 2)


def _segments(prefix: str, code: str) -> list[QRData]:
    mode = _ALPHANUMERIC_MODE if set(prefix) <= set(_ALPHANUMERIC) else _BYTE_MODE
    return [QRData(prefix, mode=mode), QRData(code, mode=_ALPHANUMERIC_MODE)]


def _smallest_version(prefix: str, level: str, max_version: int) -> int:
    drawing = QRCode(error_correction=LEVELS[level], border=0)
    for part in _segments(prefix, _BASE):
        drawing.add_data(part)
    try:
        needed = drawing.best_fit(start=1)
    except DataOverflowError as error:
        raise PayloadTooLong(prefix) from error
    if needed > max_version:
        raise PayloadTooLong(f"{prefix} needs version {needed}, plates are made for {max_version}")
    return needed


def _highest_level(prefix: str, level: str, version: int) -> str:
    """More correction where the same number of modules holds it: it costs nothing and forgives more dirt."""
    for higher in ("H", "Q", "M"):
        if LEVELS[higher] == LEVELS[level]:
            break
        try:
            if _smallest_version(prefix, higher, version) == version:
                return higher
        except PayloadTooLong:
            continue
    return level


_PAIRS = [
    (_ALPHANUMERIC.index(first) * 45 + _ALPHANUMERIC.index(second), first + second)
    for first in ALPHABET
    for second in ALPHABET
]


_BASE_VALUE = next(value for value, pair in _PAIRS if pair == _BASE_PAIR)


@lru_cache(maxsize=8)
def stencil(prefix: str, level: str = "Q", max_version: int = 4) -> Stencil:
    """The stencil of a prefix, cut once (a sixth of a second) and kept."""
    return Stencil(prefix, level, max_version)
