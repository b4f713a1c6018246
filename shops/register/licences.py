"""统一社会信用代码: unified social credit codes of GB 32100-2015, checked here. Pure.

18 signs: the registering authority (a digit or a letter: N for rural collectives), the kind of body, the division in
which it was registered (6 digits), nine signs of the organisation, and a check digit. Every sign is one of 31: digits
and capitals without I, O, S, V and Z. The check digit finds each single sign that was changed and each two neighbours
that were swapped. The division is not checked against any list: divisions come and go, codes stay.
"""

import re
import unicodedata
from enum import StrEnum

from shops.register.structs import LicenceWarning

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CHARS = 18
_OLD_CHARS = 15
"""The registration number that licences bore before credit codes."""
_WEIGHT, _MODULUS = 3, len(SIGNS)
_BLANKS = re.compile(r"[\s\-‐-―−－_.·]+")
_NUMBER_CELL = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_STATE = "100000"
"""Registered by the state itself."""
# The first two digits of GB/T 2260.
_PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43"),
    *("44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82"),
}


class LicenceFault(StrEnum):
    """Why a text is no credit code."""

    LENGTH = "length"
    OLD_NUMBER = "old-number"
    """The registration number of 15 digits, which has been replaced."""
    ROUNDED = "rounded"
    """A sheet took it for a number and lost its last digits."""
    SIGN = "sign"
    """A sign that no code has, such as I for 1 or O for 0."""
    DIVISION = "division"
    """Where the six digits of the division belong stands something else."""
    CHECK_DIGIT = "check-digit"


def plain(text: str) -> str:
    """The code as it is compared and stored: narrow capitals without blanks, dashes and what cannot be seen."""
    narrow = unicodedata.normalize("NFKC", text)
    seen = "".join(char for char in narrow if unicodedata.category(char) not in ("Cf", "Cc"))
    return _BLANKS.sub("", seen).upper()


def fault_of(code: str) -> LicenceFault | None:
    """What is wrong with a code in plain form; None for a good one."""
    if _NUMBER_CELL.fullmatch(code) and len(code) != CHARS:
        return LicenceFault.ROUNDED
    if len(code) == _OLD_CHARS and code.isdecimal():
        return LicenceFault.OLD_NUMBER
    if len(code) != CHARS:
        return LicenceFault.LENGTH
    if foreign_signs(code):
        return LicenceFault.SIGN
    if not (code[2:8].isascii() and code[2:8].isdecimal()):
        return LicenceFault.DIVISION
    return None if check_digit(code[:-1]) == code[-1] else LicenceFault.CHECK_DIGIT


def foreign_signs(code: str) -> str:
    """The signs of a text that stand in no code, each once, in their order."""
    return "".join(dict.fromkeys(sign for sign in code if sign not in SIGNS))


def check_digit(first: str) -> str:
    """The last sign, by the 17 before it."""
    total = sum(SIGNS.index(sign) * pow(_WEIGHT, place, _MODULUS) for place, sign in enumerate(first))
    return SIGNS[-total % _MODULUS]


def warning_of(code: str, area_code: str) -> LicenceWarning:
    """What is odd about the division of a good code, for a shop that lies in this area."""
    division = code[2:8]
    registered_in = division.removesuffix("00").removesuffix("00")
    if division == _STATE or area_code.startswith(registered_in):
        return LicenceWarning.NONE
    is_known = division[:2] in _PROVINCES
    return LicenceWarning.REGISTERED_ELSEWHERE if is_known else LicenceWarning.DIVISION_UNKNOWN
