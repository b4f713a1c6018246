"""The page of a door for whoever has no part in the town's work, which is nearly everybody who scans.

Such pages differ by the door and by what is reported at it, and by nothing that their reader is: the page is rendered
once for what decides how it looks, and the words of a door are put in. Its template is everybody's.
"""

from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from markupsafe import Markup

from backend.web.views import page as web
from backend.web.views.door_view import DoorView
from backend.web.views.frames import PageFrame, mark
from backend.web.views.page import PageContext
from backend.web.views.templates import epoch_ms

TEMPLATE = "resident/landing.html"
_NOTHING_OWN = DoorView([], [], {}, None, keeps_plate=False, self_handles=False)
_BLANK = {"item": "", "description": "", "photos": {}, "problem": None}
_AT_NO_INSTANT: Any = None
"""A page that told a time, and not how long ago something was, would fail by it instead of telling an old one."""


class DoorWords(NamedTuple):
    """What differs from door to door, and from one opening of the page to the next."""

    title: str
    subtitle: str
    code: str
    grouped: str
    lng: str
    lat: str
    reported: Markup
    chips: Markup
    options: Markup
    key: str
    """The idempotency key of the form."""
    nonce: str


class _Look(NamedTuple):
    """What decides how the page looks, whichever door it is of."""

    lang: str
    big: bool
    hotline: str
    wechat_sdk: str
    is_shop: bool
    is_lift: bool
    has_subtitle: bool
    grade: str


def door_page(page: PageContext, words: DoorWords, *, is_shop: bool, grade: str, is_lift: bool = False) -> str:
    """The page as HTML. `grade`: of the shop there, where everybody is told it, else empty."""
    look = _Look(page.lang, page.big, page.hotline, page.wechat_sdk, is_shop, is_lift, bool(words.subtitle), grade)
    return _frame(look).filled(path=quote(page.path), now=str(epoch_ms(page.now)), **words._asdict())


@lru_cache(maxsize=64)
def _frame(look: _Look) -> PageFrame:
    marks = {word: mark(word) for word in (*DoorWords._fields, "path", "now")}
    page = PageContext(look.lang, look.big, marks["path"], _AT_NO_INSTANT, look.hotline, wechat_sdk=look.wechat_sdk)
    place = marks | {
        "is_shop": look.is_shop,
        "is_lift": look.is_lift,
        "subtitle": marks["subtitle"] if look.has_subtitle else "",
    }
    facts = {name: marks[name] for name in ("reported", "chips", "options")}
    return PageFrame(
        web.render(
            TEMPLATE,
            page,
            now_ms=marks["now"],
            place=place,
            grade=look.grade,
            face=_NOTHING_OWN,
            walks=[],
            shop_page="",
            is_rare=False,
            draft=_BLANK | {"idempotency_key": marks["key"], "nonce": marks["nonce"]},
            **facts,
        )
    )
