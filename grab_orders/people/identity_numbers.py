"""Resident identity numbers (公民身份号码, GB 11643-1999): 17 digits and a check sign by ISO 7064 MOD 11-2. Pure.

They are read in any width, with blanks and hyphens between. Of the region only the province is looked at, and it only
raises a doubt: counties were founded, renamed and given up, so that 310115 with a birth before 1992 is as good as any.
"""

import re
import unicodedata
from datetime import date

from grab_orders.people.errors import IdNumberWrong
from grab_orders.people.structs import IdDoubt, IdNumber

_FORM = re.compile("[1-9][0-9]{16}[0-9X]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SIGNS = "10X98765432"
_PROVINCES = frozenset(
    map(str, (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66)))
) | {"71", "81", "82", "83"}
_FOREIGN = "9"
"""With which a foreigner's card of permanent residence begins."""
_EARLIEST_YEAR = 1900


def read_id_number(typed: str, today: date) -> IdNumber:
    """The number in what was typed. `today`: in Shanghai. Raises IdNumberWrong, which does not repeat it."""
    number = _plain(typed)
    if not _FORM.fullmatch(number):
        raise IdNumberWrong("id-number-form")
    if check_sign(number[:17]) != number[17]:
        raise IdNumberWrong("id-number-check")
    birth_on = _date(number[6:14])
    if birth_on is None or not date(_EARLIEST_YEAR, 1, 1) <= birth_on <= today:
        raise IdNumberWrong("id-number-birth")
    is_known = number[:2] in _PROVINCES or number[0] == _FOREIGN
    return IdNumber(number, birth_on, IdDoubt.NONE if is_known else IdDoubt.REGION)


def check_sign(digits: str) -> str:
    """The eighteenth sign that belongs to these 17 digits."""
    return _SIGNS[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11]


def _plain(typed: str) -> str:
    """Narrow and upper case, without blanks, hyphens and signs that nobody sees."""
    narrow = unicodedata.normalize("NFKC", typed)
    shown = (sign for sign in narrow if not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Pd"))
    return "".join(shown).upper()


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
