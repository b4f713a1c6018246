"""Chinese figures as Arabic ones, where they count lanes, doors and rooms, and nowhere else. Pure.

三林镇, 七宝镇, 五角场 and 四平路 keep their names, and 两三个人 stay some people.
"""

import re

_DIGITS = "〇零一二两三四五六七八九"
_VALUES = str.maketrans(_DIGITS, "001223456789")
_UNITS = "支弄|弄|号|室|房|楼|栋|幢|层|单元"
COUNTED = re.compile(f"([{_DIGITS}十百千]+)(?={_UNITS})")
_BY_TENS = re.compile(
    "(?:([一二两三四五六七八九])千)?(?:[零〇]?([一二两三四五六七八九])百)?"
    "(?:[零〇]?([一二三四五六七八九]?)(十))?([零〇]?)([一二三四五六七八九])?"
)
_NAMED = re.compile("([0-9]{1,2})(?=路|街|村|坊|道|大道)")
_ONES = "零一二三四五六七八九"


def in_arabic(text: str) -> str:
    """The text with the figures before 弄, 支弄, 号, 室, 楼, 栋, 幢, 层, 单元 in Arabic digits."""
    return COUNTED.sub(lambda found: figure(found[1]), text)


def figure(said: str) -> str:
    """一百零五 is 105, 二〇四 is 204; what is no number stays as it is."""
    if not any(each in "十百千" for each in said):
        return said.translate(_VALUES)
    parts = _BY_TENS.fullmatch(said)
    if parts is None or re.search("[千百][一二三四五六七八九]$|[零〇]$", said):
        return said
    thousands, hundreds, tens, ten, _, ones = parts.groups()
    total = 1000 * _value(thousands) + 100 * _value(hundreds) + _value(ones)
    return str(total + (10 * (_value(tens) or 1) if ten else 0))


def as_named(text: str) -> str:
    """Digits in the name of a road or a village as names are written: 中山东1路 is 中山东一路, 莲溪12村 莲溪十二村."""
    return _NAMED.sub(lambda found: _in_words(int(found[1])), text)


def _in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _ONES[tens]) + "十" if tens else ""
    return head + (_ONES[ones] if ones or not tens else "")


def _value(digit: str | None) -> int:
    return int(digit.translate(_VALUES)) if digit else 0
