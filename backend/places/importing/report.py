"""What came of an import: counts by reason for the person who ran it, and a file of the rows that stayed out."""

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from backend.places.importing.place_loader import Overlap
from backend.places.importing.reasons import FileRefused, Rejected, RowNote, in_words
from backend.spreadsheets import harmless

_EVERY_S = 1.0
_OVERLAPS_SHOWN = 20


class ImportReport:
    """Counts of one import. `moved` places and open `orders` came to another cell or area because outlines did."""

    def __init__(self) -> None:
        self.read = 0
        self.new = 0
        self.changed = 0
        self.unchanged = 0
        self.moved = 0
        self.orders = 0
        self.rejected: Counter[StrEnum] = Counter()
        self.notes: Counter[RowNote] = Counter()
        self.overlaps: list[Overlap] = []
        """What was imported all the same, for somebody to look at."""
        self.unused: list[str] = []
        """Columns of the file that nothing was read from."""
        self.seconds = 0.0

    @property
    def is_all_rejected(self) -> bool:
        return 0 < self.read == self.rejected.total()

    def lines(self) -> list[str]:
        """The summary, in both languages."""
        lines = [
            f"读取 / read {self.read}, 新增 / new {self.new}, 更新 / changed {self.changed}, "
            f"未变 / unchanged {self.unchanged}, 未导入 / rejected {self.rejected.total()}, {self.seconds:.1f} s"
        ]
        if self.moved:
            lines.append(f"  {self.moved} 个点位重新划入网格或区域 / places moved to another cell or area")
        if self.orders:
            lines.append(f"  {self.orders} 张在办工单随边界转入 / open orders came to another cell or area")
        for code, count in [*self.rejected.most_common(), *self.notes.most_common()]:
            lines.append(f"  {count:>7} {code}: {in_words(code)}")
        lines += self._of_overlaps()
        if self.unused:
            named = ", ".join(self.unused)
            lines.append(f"  未使用的列,可用 --columns 指定 / columns not used, say --columns if meant: {named}")
        if self.is_all_rejected:
            lines.append("  全部未导入,没有任何改动 / every row was rejected: nothing was changed")
        return lines

    def _of_overlaps(self) -> list[str]:
        """The first of them by name, after how many there are."""
        if not self.overlaps:
            return []
        count = len(self.overlaps)
        return [
            f"  {count} 处与同级区域重叠,已照常导入,请核对边界 / "
            f"overlaps with areas of the same kind, imported all the same: please check the outlines",
            *(
                f"    {_called(each.code, each.name)} / {_called(each.other_code, each.other_name)}: "
                f"{each.square_m:,.0f} m²"
                for each in self.overlaps[:_OVERLAPS_SHOWN]
            ),
            *([f"    … 另有 {count - _OVERLAPS_SHOWN} 处 / and more"] if count > _OVERLAPS_SHOWN else []),
        ]


def _called(code: str, name: str) -> str:
    return code if name == code else f"{code} {name}"


class ErrorsFile:
    """The rows that stay out, with their line and reason, then as they stood. Gone again when there are none.

    UTF-8 with a byte order mark, so that a spreadsheet opens it; none of its cells is worked out there. Put right, it
    can be imported itself, with or without its first three columns.
    """

    def __init__(self, path: Path, headings: Iterable[str], words: Callable[[StrEnum], str] = in_words) -> None:
        """`words`: what a reason says to people."""
        try:
            self._file = path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
        except OSError as error:
            raise FileRefused("file-unwritable", path=path, why=error.strerror) from error
        self._path = path
        self._writer = csv.writer(self._file)
        self._words = words
        self._writer.writerow(["line", "reason", "explanation", *map(harmless, headings)])
        self.count = 0

    def __enter__(self) -> "ErrorsFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()
        if not self.count:
            self._path.unlink()

    def write(self, rejected: Rejected) -> None:
        explanation = self._words(rejected.reason) + (f": {rejected.detail}" if rejected.detail else "")
        self._writer.writerow([rejected.line, rejected.reason, explanation, *map(harmless, rejected.cells)])
        self.count += 1


class Progress:
    """Says how far it is, at most once a second."""

    def __init__(self, say: Callable[[str], object], seconds: Callable[[], float] = time.monotonic) -> None:
        self._say, self._seconds = say, seconds
        self._started = self._said = seconds()

    def at(self, rows: int) -> None:
        now = self._seconds()
        if now - self._said >= _EVERY_S:
            self._said = now
            self._say(f"已处理 / done {rows} rows, {rows / (now - self._started):.0f} 行每秒 / per second")

    def elapsed_s(self) -> float:
        return self._seconds() - self._started
