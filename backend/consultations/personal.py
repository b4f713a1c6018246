"""What in a text a person is found by: numbers, addresses on the net, plates, doors. Pure.

A machine finds what has a form. Names have none: who releases a text has read it, and says so.
"""

import re
import unicodedata

HIDDEN = "〇〇"
_NO_DATE = r"(?!(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}(?![0-9]))"
_OF_AN_OFFICE = re.compile(r"(?<![0-9])(?:0[0-9]{2,3}-[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4})(?![0-9])")
_FORMS = {
    "address": re.compile(r"https?://[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    "plate": re.compile(r"[㐀-鿿][A-Za-z][·. ]?[A-Za-z0-9]{5,6}(?![A-Za-z0-9])"),
    "number": re.compile(rf"(?<![0-9]){_NO_DATE}(?:\+?86[- ]?)?[0-9][0-9 \-]{{5,}}[0-9xX](?![0-9])"),
    "door": re.compile(r"[0-9]+ ?(?:号楼|幢|栋|单元)? ?[0-9]*(?:室|单元)"),
}


def kinds_in(text: str, *, of_offices: bool = False) -> list[str]:
    """The kinds of what is found, in the order of the forms. `of_offices`: an office's own telephone is none of it."""
    narrow = unicodedata.normalize("NFKC", text)
    if of_offices:
        narrow = _OF_AN_OFFICE.sub("", narrow)
    return [kind for kind, form in _FORMS.items() if form.search(narrow)]


def hide(text: str) -> str:
    """The text in narrow characters with what is found left out: a draft for whoever releases it."""
    narrow = unicodedata.normalize("NFKC", text)
    for form in _FORMS.values():
        narrow = form.sub(HIDDEN, narrow)
    return narrow
