"""A filter in the reader's words: which field is narrowed to what."""

from collections.abc import Mapping
from typing import Any

from backend.orders.desk import DeskFilter
from backend.web.views.grid_names import grid_name
from backend.web.views.page import PageContext

_SPOKEN = {"due": "desk.due.", "source": "source.", "outcome": "desk.outcome."}
"""Words whose values are words of ours, and where their names stand."""


def active_filters_of(
    page: PageContext, desk_filter: DeskFilter, active: list[tuple[str, str]], names: Mapping[str, Mapping[Any, str]]
) -> list[tuple[str, str]]:
    """Field and words for each narrowing word; `names` gives the names of numbers and codes by word."""
    return [
        (field, f"{page.t(f'desk.by.{word}')} {_named(page, word, getattr(desk_filter, field), names)}")
        for word, field in active
    ]


def names_of_areas(page: PageContext, desk_filter: DeskFilter, names: Mapping[str, str]) -> dict[str, dict[Any, str]]:
    """How the filter's area and grid cell are called."""
    return {"area": dict(names), "grid": {desk_filter.grid: grid_name(page, desk_filter.grid, names)}}


def _named(page: PageContext, word: str, value: object, names: Mapping[str, Mapping[Any, str]]) -> str:
    if word in _SPOKEN:
        return page.t(f"{_SPOKEN[word]}{value}")
    return names.get(word, {}).get(value) or str(value)
