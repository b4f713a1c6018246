"""What the measures of a definition are called, for whoever reads an expression without knowing their codes."""

from collections.abc import Iterator

from backend.indicators.expressions.nodes import readings_of
from backend.indicators.expressions.parser import known
from backend.indicators.measures import BY_CODE, Measure
from backend.indicators.measures.percentiles import PERCENTILES, Percentile
from backend.indicators.structs import Indicator


def list_measures(indicator: Indicator) -> list[Measure | Percentile]:
    """The measures of numerator and denominator, each once, as they come."""
    return [BY_CODE.get(code) or PERCENTILES[code] for code in dict.fromkeys(_codes(indicator))]


def _codes(indicator: Indicator) -> Iterator[str]:
    for expression in (indicator.numerator, indicator.denominator):
        if expression:
            yield from (reading.measure for reading in readings_of(known(expression)))
