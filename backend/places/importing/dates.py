"""Days as sheets hold them: dates, texts of many kinds, and the bare numbers that are left when a date lost its format.

Pure. Nothing is guessed: a number is a day only in the range in which a shop may have opened, and a text of two numbers
and a short year is none.
"""

import re
import unicodedata
from datetime import date, timedelta

EARLIEST, LATEST = date(1900, 1, 1), date(2100, 1, 1)
_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a sheet that counts from 1900, with the leap day that it believes in."""
_SERIALS = range(10_000, 80_000)
"""1927 to 2119: five digits, which no year and no full date has."""
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_PARTS = re.compile(rf"(\d{{4}})\s*[-/.年\s]\s*(\d{{1,2}})\s*[-/.月\s]\s*(\d{{1,2}})\s*日?{_CLOCK}")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")


def read_day(text: str) -> date | None:
    """The day that a cell means: 2023-05-01, 2023年5月1日, 2023.5.1, 20230501, 45047; a month is its first day.

    None where it means none.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if found := _PARTS.fullmatch(said) or _DIGITS.fullmatch(said):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH.fullmatch(said):
        return _day(int(found[1]), int(found[2]), 1)
    if said.isascii() and said.isdecimal() and int(said) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(said))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None
