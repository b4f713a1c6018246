"""What a code is: twelve characters that can be read from a wall, typed by a thumb and told from an invented one.

Crockford base32 (digits and capitals without I, L, O, U), decided once, since plates hang for years:

    55 bits = key number (4) | random (33) | signature (18)   as eleven characters, then one check character.

*Check character*: the code is a word of a linear code over GF(32) with a different weight at every position, so every
single wrong character and every swap of two characters (neighbours or not) is noticed.

*Signature*: keyed BLAKE2s over key number and random part. Without the key an invented code with a right check
character passes offline with odds of 2^-18 (1 in 262,144); online the registry is asked anyway. Sixteen key numbers:
a new key every two years lasts 32 years, and a leaked key marks exactly the plates minted with it.

*Guessing*: who knows the format, the check rule and the key number, but not the key, draws from 2^51 words. With
500,000 live codes a try hits one with odds of 500,000 / 2^51 = 2.2e-10, below 1e-9.

Not handled here: whether a code was ever minted, lives, or where it hangs. Only the registry knows.
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from qr.errors import CodeMalformed

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
KEY_BITS, RANDOM_BITS, SIGNATURE_BITS = 4, 33, 18
KEY_NUMBERS = 1 << KEY_BITS
_BODY_LENGTH = LENGTH - 1
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_LOOKALIKES = str.maketrans("OIL", "011")
# Blanks, dashes and what cannot be seen: it comes along when a code is copied out of a chat.
_SEPARATORS = re.compile(r"[\s\-_\u2010-\u2015\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_FIELD_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, primitive over GF(2)

Code = NewType("Code", str)
"""A code as the registry knows it: well formed, in capitals, without blanks. `parse` makes one of what was typed."""

Draw = Callable[[int], int]
"""Chance, handed in: draws that many random bits."""


class CodeVerdict(StrEnum):
    """What can be said of a code without the registry."""

    GENUINE = "genuine"
    MISTYPED = "mistyped"
    FORGED = "forged"
    UNKNOWN_KEY = "unknown_key"


@dataclass(frozen=True, slots=True)
class CodeKeyring:
    """Signing keys by number. New codes are signed with `current`; older keys stay for as long as plates hang."""

    current: int
    keys: Mapping[int, bytes]

    def __post_init__(self) -> None:
        if self.current not in self.keys or not all(0 <= number < KEY_NUMBERS for number in self.keys):
            raise ValueError(f"key numbers run from 0 to {KEY_NUMBERS - 1} and the current one must be there")

    def fingerprint(self, number: int) -> str:
        """A name for the key that gives nothing away, kept with each batch to notice a changed secret."""
        return hashlib.blake2s(self.keys[number], digest_size=8, person=b"yima-fpr").hexdigest()


def keyring(secret: str, numbered: str = "") -> CodeKeyring:
    """Build the ring. `numbered` is "0:secret,1:secret", the last one current; without it, key 0 comes of `secret`."""
    pairs = [entry.split(":", 1) for entry in numbered.split(",") if entry.strip()] or [["0", secret]]
    keys = {int(number): _stretch(value.strip()) for number, value in pairs}
    return CodeKeyring(current=int(pairs[-1][0]), keys=keys)


def _stretch(secret: str) -> bytes:
    return hashlib.blake2s(secret.encode(), person=b"yima-key").digest()


def parse(typed: str) -> Code:
    """The code that a person typed or a machine read: any case and width, with or without blanks and dashes.

    Raises CodeMalformed for what cannot be a code. Whether it was ever minted, the registry knows.
    """
    text = _normalise(typed)
    if not is_well_formed(text):
        raise CodeMalformed(code=text[:LENGTH])
    return Code(text)


def is_code(typed: str) -> bool:
    """Whether `parse` would make a code of it."""
    return is_well_formed(_normalise(typed))


def _normalise(typed: str) -> str:
    if not typed.isascii():  # a Chinese keyboard types ＡＢＣ１２３ as readily as ABC123
        typed = unicodedata.normalize("NFKC", typed)
    return _SEPARATORS.sub("", typed).upper().translate(_LOOKALIKES)


def grouped(code: Code) -> str:
    """For the eye: XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def compose(keys: CodeKeyring, draw: Draw) -> Code:
    """Make one code with the current key. Whether it is new, the registry decides."""
    head = keys.current << RANDOM_BITS | draw(RANDOM_BITS)
    return Code(_spell(head << SIGNATURE_BITS | _signature(keys.keys[keys.current], head)))


def is_well_formed(text: str) -> bool:
    """Whether it stands as the registry has it: twelve characters of the alphabet, the check character right."""
    return len(text) == LENGTH and all(c in _VALUE for c in text) and _check(text[:_BODY_LENGTH]) == text[-1]


def judge(code: str, keys: CodeKeyring) -> CodeVerdict:
    """Say what can be said offline of a text that may be a code."""
    if not is_well_formed(code):
        return CodeVerdict.MISTYPED
    number = 0
    for character in code[:_BODY_LENGTH]:
        number = number << 5 | _VALUE[character]
    head, signature = number >> SIGNATURE_BITS, number & ((1 << SIGNATURE_BITS) - 1)
    key = keys.keys.get(head >> RANDOM_BITS)
    if key is None:
        return CodeVerdict.UNKNOWN_KEY
    return CodeVerdict.GENUINE if _signature(key, head) == signature else CodeVerdict.FORGED


def _signature(key: bytes, head: int) -> int:
    digest = hashlib.blake2s(head.to_bytes(5, "big"), key=key, digest_size=4, person=b"yimacode").digest()
    return int.from_bytes(digest, "big") >> (32 - SIGNATURE_BITS)


def _spell(body: int) -> str:
    characters = "".join(ALPHABET[body >> shift & 31] for shift in range(5 * (_BODY_LENGTH - 1), -1, -5))
    return characters + _check(characters)


def _powers() -> list[int]:
    powers, element = [], 1
    for _ in range(31):
        powers.append(element)
        element <<= 1
        if element & 32:
            element ^= _FIELD_POLYNOMIAL
    return powers


_POWER = _powers()
_LOG = {element: exponent for exponent, element in enumerate(_POWER)}


def _times(exponent: int, value: int) -> int:
    return _POWER[(exponent + _LOG[value]) % 31] if value else 0


_WEIGHTED = [{c: _times(position + 1, v) for c, v in _VALUE.items()} for position in range(_BODY_LENGTH)]


def _check(body: str) -> str:
    total = 0
    for weighted, character in zip(_WEIGHTED, body, strict=True):
        total ^= weighted[character]
    return ALPHABET[total]
