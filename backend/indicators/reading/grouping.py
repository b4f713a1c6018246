"""How rows are grouped for several filters at once, as SQL and back. Pure."""

from collections.abc import Sequence
from typing import Any

from backend.indicators.reading.program import Column, GroupKey, Program, column_sql

Group = frozenset[Column]


class Grouping:
    """Some groups of a program, by the columns that they tell rows apart by."""

    def __init__(self, program: Program, groups: Sequence[Group]) -> None:
        self.groups = groups
        self.columns = [column for column in program.columns if any(column in group for group in groups)]
        self.names = [f"by_{number}" for number in range(len(self.columns))]
        self._of_mask = {self._mask(group): group for group in groups}

    @property
    def grouped(self) -> str:
        """What says of a row to which group it belongs."""
        return f"grouping({', '.join(self.names)})" if self.names else "0"

    @property
    def listed(self) -> str:
        """The columns, each followed by a comma."""
        return "".join(f"{name}, " for name in self.names)

    @property
    def named(self) -> str:
        """The columns with their names, over rows of contributions."""
        said = zip(self.columns, self.names, strict=True)
        return ", ".join(f"{column_sql(column)} AS {name}" for column, name in said) or "NULL AS by_nothing"

    def sets(self, *always: str) -> str:
        """The grouping sets, each with these columns besides."""
        return ", ".join(f"({', '.join([*always, *self._within(group)])})" for group in self.groups)

    def key(self, mask: int, values: Sequence[Any]) -> GroupKey:
        """The key of a row from what `grouped` says and the values of the columns."""
        group = self._of_mask[mask]
        return group, tuple(value for value, column in zip(values, self.columns, strict=True) if column in group)

    def _within(self, group: Group) -> list[str]:
        return [name for name, column in zip(self.names, self.columns, strict=True) if column in group]

    def _mask(self, group: Group) -> int:
        """A bit for each column that rows of the group are not told apart by, as PostgreSQL counts them."""
        mask = 0
        for column in self.columns:
            mask = mask * 2 + (column not in group)
        return mask
