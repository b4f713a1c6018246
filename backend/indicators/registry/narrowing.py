"""A definition narrowed to a class of items, as those that ship are: for classes that a town names itself. Pure."""

from functools import lru_cache

import msgspec

from backend.indicators.expressions.nodes import narrowed, text_of
from backend.indicators.expressions.parser import parse
from backend.indicators.structs import Indicator


@lru_cache(maxsize=2048)
def narrowed_to(indicator: Indicator, item_code: str) -> Indicator:
    """The same of one class or item of the dictionary; its code is `<code>.<item in small letters>`, as of a slice."""
    below = indicator.denominator
    return msgspec.structs.replace(
        indicator,
        code=f"{indicator.code}.{item_code.lower()}",
        numerator=_narrowed(indicator.numerator, item_code),
        denominator=_narrowed(below, item_code) if below else None,
        family=indicator.code,
    )


def _narrowed(expression: str, item_code: str) -> str:
    return text_of(narrowed(parse(expression), "item", item_code))
