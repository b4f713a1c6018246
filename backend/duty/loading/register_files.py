"""What an import into a register is asked for, and what came of it line by line, before it is stored and after."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from backend.duty.loading.named_lines import NamedLine
from backend.errors import Phrase


class RegisterMode(StrEnum):
    PREVIEW = "preview"
    SELECTED = "selected"
    """Every good line, or those of them that are named."""
    WHOLE = "whole"
    """All lines, or none where one is refused."""


class RegisterFile(msgspec.Struct, frozen=True, kw_only=True):
    """`area_code`: its places lie there. `only`: the numbers of the lines that are meant; None means all."""

    lines: Sequence[NamedLine]
    area_code: str
    mode: RegisterMode = RegisterMode.PREVIEW
    only: frozenset[int] | None = None

    def takes(self, number: int) -> bool:
        return self.only is None or number in self.only


class LineChange(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class GoodLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line that is taken, by the number that its register knows it by."""

    line: int
    label: str
    change: LineChange


class LineNotTaken(msgspec.Struct, frozen=True, kw_only=True):
    line: int
    why: Phrase


class RegisterFileReport(msgspec.Struct, kw_only=True):
    """`is_stored`: whether the good lines that were meant are in the register now."""

    read: int
    good: list[GoodLine] = []
    refused: list[LineNotTaken] = []
    is_stored: bool = False

    def count(self, change: LineChange) -> int:
        return sum(each.change is change for each in self.good)

    def stores(self, mode: RegisterMode) -> bool:
        """Whether what was found may be stored."""
        return mode is RegisterMode.SELECTED or (mode is RegisterMode.WHOLE and not self.refused)

    def lines(self) -> Iterable[int]:
        return (each.line for each in self.good)
