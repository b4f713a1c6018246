"""What in a text a person is found by: phones, numbers of papers and accounts, addresses, number plates. Pure.

One rule for whoever publishes texts, and for whoever learns from them. Names have no form: a person has to read for
those. Digits count however they are written (wide, circled, 一三八, 壹叁捌), and with whatever stands between them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple


class PersonalKind(StrEnum):
    ADDRESS = "address"
    PLATE = "plate"
    NUMBER = "number"


class PersonalSpan(NamedTuple):
    """Where it stands in a text as `narrow` writes it."""

    kind: PersonalKind
    start: int
    end: int


_CHINESE = str.maketrans("零〇一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0011223456789123456789")
_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_BLANK = "\0"
_UNSEEN = r"\s\u00ad\u180e\u200b-\u200f\u2060\ufeff"
_DASHES = rf"[{_UNSEEN}\-‐-―−_/\\|~*·•()]{{0,3}}"
"""Between any two digits. Dots are not among them: 14.00-18.00 is a time, 1、3、5 a list."""
_DOTS = rf"[{_UNSEEN}]?[.,。、•·・]{{1,3}}[{_UNSEEN}]?"
"""Between groups of digits, as phones are written, or between all of them."""
_ALONE = "(?<![0-9]){}(?![0-9])"
_DATE = r"(?<![0-9])(?:19|20)[0-9]{2} ?[-./年] ?(?:1[0-2]|0?[1-9]) ?[-./月] ?(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_CLOCK = r"(?<![0-9])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9])"
_NO_NUMBER_OF_ANYBODY = re.compile(f"{_DATE}|{_CLOCK}")
_MOBILE = ("1", "[3-9]", *["[0-9]"] * 9)
_COUNTRY = r"(?:(?:\+|00)?86{})?"
_GROUPS = (
    (3, 4, 4),
    (3, 3, 5),
    (4, 4, 3),
    (4, 3, 4),
    (3, 8),
    (4, 7),
    (7, 4),
    (5, 6),
    (6, 5),
    (5, 3, 3),
    (3, 5, 3),
    (1,) * 11,
)
# 公民身份号码 of GB 11643: area, day of birth, three digits, a check.
_AREA, _YEAR, _CHECK = "[1-9][0-9]{5}", "(?:1[89]|20)[0-9]{2}", "[0-9]{3}[0-9xX]"
_MONTH, _DAY = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
# A line with its area code, such as 021-58881234.
_LINE = ("0", "[1-9]", "[0-9]", "[0-9]?", "[2-8]", *["[0-9]"] * 6, "[0-9]?")


def _grouped(digits: Sequence[str], groups: Sequence[int], between: str) -> str:
    starts = [sum(groups[:number]) for number in range(len(groups))]
    return between.join("".join(digits[at : at + size]) for at, size in zip(starts, groups, strict=True))


_CERTAIN = [
    re.compile(_ALONE.format(form))
    for form in (
        _COUNTRY.format(_DASHES) + _DASHES.join(_MOBILE),
        _COUNTRY.format(f"(?:{_DOTS})?") + f"(?:{'|'.join(_grouped(_MOBILE, each, _DOTS) for each in _GROUPS)})",
        _DASHES.join(("[1-9]", *["[0-9]"] * 5, _YEAR, _MONTH, _DAY, *["[0-9]"] * 3, "[0-9xX]")),
        _DOTS.join((_AREA, _YEAR + _MONTH + _DAY, _CHECK)),
        _DOTS.join((_AREA, _YEAR, _MONTH + _DAY, _CHECK)),
        _DASHES.join(_LINE),
        rf"0[1-9][0-9]{{1,2}}{_DOTS}[2-8][0-9]{{2,3}}(?:{_DOTS})?[0-9]{{4}}",
    )
]
# Accounts, cards, numbers of a chat: seven digits and more, unless they say themselves what they are.
_LONG = re.compile(r"(?<![0-9])(?<![0-9]\.)(?:\+?86[- ]?)?[0-9](?:[ \-]{0,3}[0-9]){5,}[ \-]{0,3}[0-9xX](?![0-9])")
_UNIT = (
    r"(?:元|块|万|亿|角|人民币|平方|平米|㎡|立方|公里|千米|米|吨|公斤|千克|度电|千瓦|户|人次|RMB|CNY|yuan|m2|km|kWh)"
)
_SAYS_WHAT_IT_IS = re.compile(
    r"(?<![A-Za-z0-9])YM(?:[0-9]{2}){3}-[0-9]{1,19}(?![0-9])"
    r"|(?:工单|订单|编号|单号|文号|(?:受理|立案|案件|流水|备案|登记)编?号码?)号?码?[: ]{0,2}"
    r"[A-Za-z]{0,4}[0-9][0-9\-]{5,24}(?![0-9])"
    r"|[¥$€] ?[0-9][0-9,]*(?:\.[0-9]+)?"
    rf"|(?<![0-9.])[0-9][0-9,]*(?:\.[0-9]+)? ?{_UNIT}",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_PLATE = re.compile(r"[㐀-鿿][A-Za-z][·. ]?[A-Za-z0-9]{5,6}(?![A-Za-z0-9])")


def narrow(text: str) -> str:
    """The text in narrow characters, as spans are counted in it."""
    return unicodedata.normalize("NFKC", text)


def find(text: str) -> list[PersonalSpan]:
    """What stands in a text that `narrow` has written, in its order; what overlaps is one, of the first kind."""
    digits = _OTHER_DIGIT.sub(lambda match: str(unicodedata.decimal(match[0])), text)
    said = _NO_NUMBER_OF_ANYBODY.sub(_blank, digits.translate(_CHINESE))
    plain = _NO_NUMBER_OF_ANYBODY.sub(_blank, _SAYS_WHAT_IT_IS.sub(_blank, digits))
    numbers = [*(match for form in _CERTAIN for match in form.finditer(said)), *_LONG.finditer(plain)]
    found = [
        *(PersonalSpan(PersonalKind.ADDRESS, *match.span()) for match in _ADDRESS.finditer(text)),
        *(PersonalSpan(PersonalKind.PLATE, *match.span()) for match in _PLATE.finditer(text)),
        *(PersonalSpan(PersonalKind.NUMBER, *match.span()) for match in numbers),
    ]
    return _joined(sorted(found, key=lambda span: (span.start, -span.end)))


def kinds_in(text: str) -> list[PersonalKind]:
    """Which kinds there are, in the order of `PersonalKind`."""
    there = {span.kind for span in find(narrow(text))}
    return [kind for kind in PersonalKind if kind in there]


def hide(text: str, instead: str) -> str:
    """The text in narrow characters, with `instead` for each of what stands in it."""
    plain = narrow(text)
    for span in reversed(find(plain)):
        plain = plain[: span.start] + instead + plain[span.end :]
    return plain


def _joined(spans: Iterable[PersonalSpan]) -> list[PersonalSpan]:
    joined: list[PersonalSpan] = []
    for span in spans:
        if joined and span.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _blank(match: re.Match[str]) -> str:
    return _BLANK * len(match[0])
