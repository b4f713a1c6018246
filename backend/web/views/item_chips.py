"""The matters to tap first, as a form shows them: the same ones at every door, each rendered once."""

from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup

from backend.web.views.frames import piece
from backend.web.views.item_choices import ItemChoice
from backend.web.views.page import PageContext


def as_chips(page: PageContext, chips: Sequence[ItemChoice], checked: str = "") -> Markup:
    """Buttons of which one is checked: the first, unless another one is named."""
    first = checked or (chips[0].code if chips else "")
    rendered = "\n".join([_chip(page.lang, item, item.code == first) for item in chips])
    return Markup(rendered)  # noqa: S704 - each of them markup


@lru_cache(maxsize=512)
def _chip(lang: str, item: ItemChoice, is_checked: bool) -> Markup:
    name = (item.name_en or item.name_zh) if lang == "en" else item.name_zh
    return piece("partials/item_chip.html", lang, item=item, name=name, is_checked=is_checked).filled()
