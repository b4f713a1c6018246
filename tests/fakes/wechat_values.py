"""What the vendor takes as the value of a template's field, by its page on subscribe messages: nothing of ours."""

import re

_HAN = r"[\u4e00-\u9fff]"
_DAY = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2})"
_HOUR = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
_FORMS = {
    "thing": r".{1,20}",
    "number": r"-?\d{1,32}(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"([^\w\s]|_){1,5}",
    "character_string": r"[\x21-\x7e]{1,32}",
    "time": rf"({_DAY} )?{_HOUR}( ?~ ?({_DAY} )?{_HOUR})?",
    "date": rf"{_DAY}( {_HOUR})?( ?~ ?{_DAY}( {_HOUR})?)?",
    "amount": r"[¥¥$€£]?\d{1,10}(\.\d+)?元?",
    "phone_number": r"[0-9+\-() ]{1,17}",
    "car_number": r"\w{1,8}",
    "name": rf"({_HAN}|[A-Za-z]){{1,10}}|[A-Za-z ]{{1,20}}",
    "phrase": rf"{_HAN}{{1,5}}",
    "enum": r".+",
}


def is_taken(key: str, value: object) -> bool:
    """Whether the vendor takes this value under this key."""
    if not isinstance(value, str) or any(ord(each) < 32 or ord(each) == 127 for each in value):
        return False
    if len(value.encode("utf-16-le")) // 2 > 64:
        return False
    return (
        re.fullmatch(_FORMS[key.rstrip("0123456789")], value, re.ASCII if key.startswith("number") else 0) is not None
    )
