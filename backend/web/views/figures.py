"""Figures of an overview as a page says them: the number in words, how it compares, and where its list is. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.committees.overview.structs import Figure, FigureName, Vitals
from backend.web.views.page import PageContext

PathOf = Callable[[Figure], str | None]
FEW = 10
"""Measured over fewer, it says little: shown, and said so."""
_SHARES = (FigureName.ON_TIME, FigureName.COVERAGE)
_MINUTES = (FigureName.P50, FigureName.P90)
_MEASURED = (*_SHARES, *_MINUTES)


@dataclass(frozen=True, slots=True)
class ShownFigure:
    name: FigureName
    words: str
    path: str | None
    """Of the page that lists what it counts, or is measured over."""
    n: int | None
    """Of so many, where it is measured over some."""
    before: str
    """The same of the week before; empty where that was not measured."""
    way: str
    """up, down or same; empty without a comparison."""
    is_few: bool
    is_bad: bool
    is_none: bool
    """Nothing was counted or measured: its list is empty."""


def shown(page: PageContext, vitals: Vitals, path_of: PathOf) -> dict[str, ShownFigure]:
    """The figures by name, ready for a template. `path_of`: the page that lists what one counts."""
    return {name.value: _shown(page, name, figure, path_of(figure)) for name, figure in vitals.items()}


def _shown(page: PageContext, name: FigureName, figure: Figure, path: str | None) -> ShownFigure:
    measured = name in _MEASURED
    return ShownFigure(
        name=name,
        words=_words(page, name, figure.value),
        path=path,
        n=figure.n if measured else None,
        before="" if figure.before is None else _words(page, name, figure.before),
        way=_way(figure),
        is_few=measured and 0 < (figure.n or 0) < FEW,
        is_bad=name is FigureName.OVERDUE and bool(figure.value),
        is_none=not (figure.n if measured else figure.value),
    )


def share_in_words(value: float | None) -> str:
    """Whole percents of a share from 0 to 1; a dash where nothing was measured."""
    return "–" if value is None else f"{value:.0%}"


def _words(page: PageContext, name: FigureName, value: float | None) -> str:
    if value is None or name in _SHARES:
        return share_in_words(value)
    return page.minutes(round(value)) if name in _MINUTES else f"{value:.0f}"


def _way(figure: Figure) -> str:
    if figure.before is None or figure.value is None:
        return ""
    return "up" if figure.value > figure.before else "down" if figure.value < figure.before else "same"
