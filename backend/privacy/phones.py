"""Telephone numbers of mainland China as people type them: a mobile, or a line with its area code. Pure."""

import re
import unicodedata

_BESIDE = re.compile(r"[\s\-()‐-―−.]+")
_COUNTRY = re.compile(r"(?:\+|00)86|86(?=1[3-9]\d{9}$)", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
# Two-digit area codes (010, 021 …) have lines of eight digits, the others of seven or eight; none begins with 0, 1, 9.
_LINE = re.compile(r"0(?:10|2\d)[2-8]\d{7}|0[3-9]\d{2}[2-8]\d{6,7}", re.ASCII)
_SHOWN_FIRST, _SHOWN_LAST = 3, 4


class NoPhone(ValueError):
    """It is no number by which somebody can be called. Says nothing of what was typed."""


def read_phone(typed: str) -> str:
    """The digits to dial within the country: 13812345678, 02155551234. Raises NoPhone."""
    narrow = _BESIDE.sub("", unicodedata.normalize("NFKC", typed))
    country = _COUNTRY.match(narrow)
    digits = narrow[country.end() :] if country else narrow
    if _MOBILE.fullmatch(digits):
        return digits
    line = f"0{digits}" if country and not digits.startswith("0") else digits
    if not _LINE.fullmatch(line):
        raise NoPhone
    return line


def mask_phone(phone: str) -> str:
    """The first three and the last four digits: 138****5678."""
    if len(phone) <= _SHOWN_FIRST + _SHOWN_LAST:
        return "****" if phone else ""
    return f"{phone[:_SHOWN_FIRST]}****{phone[-_SHOWN_LAST:]}"
