"""What an expression may name: measures, percentiles, and the values that its filters take. Pure."""

from collections.abc import Collection
from typing import NamedTuple

from backend.indicators.measures import CODES
from backend.indicators.measures.percentiles import PERCENTILES

PRIORITIES = ("P0", "P1", "P2", "P3", "P4")
SOURCES = (
    *("report", "hotline", "police", "system", "sensors", "cameras", "open311"),
    *("pickup", "policy", "co_handling", "root_cause"),
)
"""The source kinds of orders."""


class Vocabulary(NamedTuple):
    """`items`: the codes of categories, items and sub-items; empty: any that looks like one."""

    items: Collection[str] = ()
    measures: Collection[str] = (*CODES, *PERCENTILES)

    def has(self, dimension: str, value: str) -> bool:
        """Whether a filter of this dimension takes the value."""
        if dimension == "item":
            return value in self.items if self.items else value[:1].isalpha() and len(value) <= 8
        return value in (PRIORITIES if dimension == "priority" else SOURCES)


ANY = Vocabulary()
