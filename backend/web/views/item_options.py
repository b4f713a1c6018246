"""What the doors of a town offer, kept for a moment: the dictionary is the same at every door and changes once a month.

One cache per process. A change of the dictionary reaches the pages when the moment is over; whoever reports in between
is still judged by the dictionary as it stands.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from backend.items.structs import ItemView
from backend.web.views import item_choices
from backend.web.views import page as web
from backend.web.views.page import PageContext

CACHED_FOR = timedelta(seconds=10)


class ItemOptions:
    """The dictionary as read last, and what was made of it per kinds of reporter and language."""

    def __init__(self, read: Callable[[], Awaitable[Sequence[ItemView]]]) -> None:
        self._read = read
        self._items: Sequence[ItemView] = ()
        self._good_until: datetime | None = None
        self._open: dict[frozenset[str], list[ItemView]] = {}
        self._options: dict[tuple[str, frozenset[str]], Markup] = {}

    async def open_to(self, kinds: frozenset[str], now: datetime) -> list[ItemView]:
        """The matters that one of these kinds of reporters may report."""
        if self._good_until is None or not self._good_until - CACHED_FOR <= now < self._good_until:
            self._items = await self._read()
            self._good_until = now + CACHED_FOR
            self._open, self._options = {}, {}
        if kinds not in self._open:
            self._open[kinds] = item_choices.reportable_by(self._items, kinds)
        return self._open[kinds]

    async def options(self, page: PageContext, kinds: frozenset[str], selected: str = "") -> Markup:
        """All of them as the options of a list, by category. One that is chosen already is rendered for its reader."""
        items = await self.open_to(kinds, page.now)
        if selected:
            return _render(page, items, selected)
        key = page.lang, kinds
        if key not in self._options:
            self._options[key] = _render(page, items, "")
        return self._options[key]


def _render(page: PageContext, items: list[ItemView], selected: str) -> Markup:
    categories = item_choices.categories(items)
    return Markup(web.render("partials/item_options.html", page, categories=categories, selected=selected))  # noqa: S704 - rendered with escaping
