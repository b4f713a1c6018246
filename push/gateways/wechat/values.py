"""The values that a template's fields take, by their type: what does not fit is cut or left out before sending. Pure.

Limits and types are those of the vendor's page on subscribe messages. Characters are counted as the vendor's own
JavaScript would, so that a rare one counts twice. A value is never empty there, and has neither breaks nor control
characters. Times are said in Shanghai time.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

_SHANGHAI = ZoneInfo("Asia/Shanghai")
_KEY = re.compile(r"([a-z_]+?)\d+")
_HAN = r"\u4e00-\u9fff"
_DATE = r"\d{4}(?:年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})"
_CLOCK = r"(?<!\d)(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
_TIME = re.compile(rf"(?:{_DATE} )?{_CLOCK}(?: ?~ ?(?:{_DATE} )?{_CLOCK})?", re.ASCII)
_DAY = re.compile(rf"{_DATE}(?: {_CLOCK})?(?: ?~ ?{_DATE}(?: {_CLOCK})?)?", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_AMOUNT = re.compile(r"[¥¥$]?\d{1,10}(?:\.\d{1,2})?元?", re.ASCII)
_NOTHING = "无"


def kind_of(key: str) -> str:
    """The type of a template's key: `thing` of `thing2`; empty for what is no key."""
    found = _KEY.fullmatch(key)
    return found[1] if found else ""


def fit(kind: str, said: str | int | datetime) -> str:
    """The value as a field of this type takes it; empty where nothing of it fits."""
    if isinstance(said, datetime):
        said = _at(said, "%Y年%m月%d日" if kind == "date" else "%Y年%m月%d日 %H:%M")
    return KINDS[kind](_plain(str(said)))


def _at(instant: datetime, form: str) -> str:
    return instant.astimezone(_SHANGHAI).strftime(form)


def _plain(text: str) -> str:
    """Without line breaks, control and invisible characters; one blank between words."""
    rest = "".join(" " if unicodedata.category(each)[0] in "CZ" else each for each in text)
    return " ".join(rest.split())


def _cut(text: str, most: int) -> str:
    """The text, or as much of it as fits with a mark that it goes on."""
    if _length(text) <= most:
        return text
    rest = text[:most]
    while _length(rest) > most - 1:
        rest = rest[:-1]
    return rest.rstrip() + "…"


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _of(allowed: str, most: int, text: str) -> str:
    """Only the allowed characters, at most so many."""
    return re.sub(rf"[^{allowed}]", "", text)[:most].strip()


def _found(pattern: re.Pattern[str], most: int, text: str) -> str:
    found = pattern.search(text)
    return found[0] if found and len(found[0]) <= most else ""


def _name(text: str) -> str:
    letters = _of("A-Za-z ", 20, text)
    return letters if letters and not re.search(rf"[{_HAN}]", text) else _of(f"{_HAN}A-Za-z", 10, text)


KINDS: dict[str, Callable[[str], str]] = {
    "thing": lambda text: _cut(text, 20) or _NOTHING,
    "number": lambda text: _found(_NUMBER, 32, text),
    "letter": lambda text: _of("A-Za-z", 32, text),
    "symbol": lambda text: _of(r"!-/:-@\[-^`{-~", 5, text),
    "character_string": lambda text: _of("!-~", 32, text),
    "time": lambda text: _found(_TIME, 64, text),
    "date": lambda text: _found(_DAY, 64, text),
    "amount": lambda text: _found(_AMOUNT, 16, text),
    "phone_number": lambda text: _of(r"0-9+\-() ", 17, text),
    "car_number": lambda text: _of(f"{_HAN}A-Za-z0-9", 8, text),
    "name": _name,
    "phrase": lambda text: _of(_HAN, 5, text) or _NOTHING,
    "enum": lambda text: text,
}
"""By the type of a field. What stands in an enum is one of the template's own values: it is taken as it is."""
