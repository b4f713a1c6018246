"""What in a text for everybody a person is found by: what every text is looked at for, and doors. Pure.

A machine finds what has a form. Names have none: who releases a text has read it, and says so.
"""

import re

from backend.privacy import in_texts

HIDDEN = "〇〇"
_OF_AN_OFFICE = re.compile(
    r"(?<![0-9])(?:\(?0[0-9]{2,3}\)?[-. ]?[2-8][0-9]{2,3}[- ]?[0-9]{4}|[48]00[-. ]?[0-9]{3}[-. ]?[0-9]{4})(?![0-9])"
)
_DOOR = re.compile(r"[0-9]+ ?(?:号楼|幢|栋|单元)? ?[0-9]*(?:室|单元)")


def kinds_in(text: str, *, of_offices: bool = False) -> list[str]:
    """The kinds of what is found. `of_offices`: an office's own telephone is none of it."""
    narrow = in_texts.narrow(text)
    if of_offices:
        narrow = _OF_AN_OFFICE.sub("", narrow)
    return [*(kind.value for kind in in_texts.kinds_in(narrow)), *(["door"] if _DOOR.search(narrow) else [])]


def hide(text: str) -> str:
    """The text in narrow characters with what is found left out: a draft for whoever releases it."""
    return _DOOR.sub(HIDDEN, in_texts.hide(text, HIDDEN))
