"""What a town says of an indicator of its own."""

from typing import Annotated

from msgspec import Meta

from backend.geo.area_codes import MAPPED_AREA
from backend.indicators.expressions.parser import LENGTH_MOST
from backend.indicators.structs import Direction, IndicatorUnit
from backend.structs import Write
from backend.words import INDICATOR_NAME, INDICATOR_NAME_EN, at_most

EXCLUSIONS_MOST, SOURCE_MOST = 300, 200
CODE = "[a-z][a-z0-9_]{2,39}"


class IndicatorDraft(Write, frozen=True, kw_only=True):
    """An indicator to be, or the next version of one. A count has no denominator."""

    code: Annotated[str, Meta(pattern=f"^{CODE}$")]
    area_code: Annotated[str, Meta(pattern=f"^({MAPPED_AREA})$")]
    name_zh: Annotated[str, at_most(INDICATOR_NAME, least=1)]
    name_en: Annotated[str, at_most(INDICATOR_NAME_EN, least=1)]
    numerator: Annotated[str, at_most(LENGTH_MOST, least=1)]
    denominator: Annotated[str, at_most(LENGTH_MOST)] = ""
    unit: IndicatorUnit = IndicatorUnit.SHARE
    direction: Direction = Direction.HIGHER
    exclusions: Annotated[str, at_most(EXCLUSIONS_MOST)] = ""
    source: Annotated[str, at_most(SOURCE_MOST)] = ""
