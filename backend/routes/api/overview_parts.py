"""What the overviews of orders and of shops share: which area is looked at, and what a figure measures."""

from typing import Annotated

from litestar.params import QueryParameter

from backend.geo.area_codes import AREA
from backend.structs import Read
from backend.web.i18n import catalogue

Area = Annotated[
    str | None, QueryParameter(name="area", pattern=f"^({AREA})$", description="One's own first area, unless told")
]


class Definition(Read, frozen=True, kw_only=True):
    """What a figure measures."""

    zh: str
    en: str


def definition(key: str) -> Definition:
    """The text of the catalogue, in both languages."""
    return Definition(zh=catalogue.say("zh", key), en=catalogue.say("en", key))
