"""Figures of indicators in words. Pure."""

from backend.indicators.structs import Indicator, IndicatorFigure, IndicatorUnit
from backend.web.views.figures import FEW
from backend.web.views.page import PageContext

_TENTHS_UP_TO = 100


def value_in_words(page: PageContext, indicator: Indicator, value: float | None) -> str:
    """A share in percent to a tenth, minutes as a time, a count whole; a dash where there is nothing to measure."""
    if value is None:
        return "–"
    if indicator.unit is IndicatorUnit.SHARE:
        return f"{value:.1%}"
    if indicator.unit is IndicatorUnit.MINUTES:
        return page.minutes(round(value))
    return f"{value:.2f}" if indicator.unit is IndicatorUnit.MEAN else number_in_words(value)


def number_in_words(value: float | None) -> str:
    """A side of a figure: whole where it is whole."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == round(value) else f"{value:,.2f}"


def is_few(indicator: Indicator, figure: IndicatorFigure) -> bool:
    return indicator.unit is not IndicatorUnit.COUNT and 0 < figure.n < FEW
