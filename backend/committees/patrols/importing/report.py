"""What came of an import of routes: counts for the person who ran it, and a file of the lines that stayed out."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from backend.committees.patrols.importing.lines import StopReason
from backend.committees.patrols.routes import RouteChange
from backend.places.importing.reasons import FileRefused
from backend.spreadsheets import harmless

_WORDS: dict[StopReason, tuple[str, str]] = {
    StopReason.COLUMN_COUNT: ("列数与表头不一致", "not as many cells as the header has"),
    StopReason.MISSING_VALUE: ("缺少必填内容", "a needed value is missing"),
    StopReason.TOO_LONG: ("内容过长", "a value is too long"),
    StopReason.BAD_NUMBER: ("顺序不是整数", "the number on the walk is no whole number"),
    StopReason.UNKNOWN_COMMITTEE: ("没有这个居村编码", "no committee has this code"),
    StopReason.UNKNOWN_TASK: ("街镇任务库中没有这项任务", "the town's dictionary has no such task"),
    StopReason.UNKNOWN_CODE: ("没有这个门牌码,或未挂牌", "no plate has this code, or it hangs nowhere"),
    StopReason.NOT_HERE: ("该居村没有叫这个名称或地址的点位", "the committee has no place that is called so"),
    StopReason.AMBIGUOUS: ("有多处同名,请填门牌码", "several places are called so: say the code on the plate"),
    StopReason.ELSEWHERE: ("门牌码在其他居村", "the plate hangs in another committee"),
    StopReason.TWICE: ("同一路线内重复", "twice on one route"),
    StopReason.TOO_MANY: ("路线点位过多", "too many stops for one walk"),
    StopReason.ROUTE_INCOMPLETE: (
        "本路线有其他行未通过,整条未导入",
        "another line of this route is refused, and a route is taken whole",
    ),
}


def in_words(reason: StopReason) -> str:
    zh, en = _WORDS[reason]
    return f"{zh} / {en}"


class RoutesReport:
    """Counts of one import, and the lines that stay out: number, reason, detail, cells."""

    def __init__(self) -> None:
        self.read = 0
        self.routes: Counter[RouteChange] = Counter()
        self.refused: dict[int, tuple[StopReason, str]] = {}
        self.refused_routes = 0

    @property
    def is_all_refused(self) -> bool:
        return 0 < self.read == len(self.refused)

    def lines(self) -> list[str]:
        """The summary, in both languages."""
        change = self.routes
        counts = Counter(reason for reason, _ in self.refused.values())
        return [
            f"读取 / read {self.read} 行 lines, 路线 / routes: 新增 / new {change[RouteChange.NEW]}, "
            f"更新 / changed {change[RouteChange.CHANGED]}, 未变 / unchanged {change[RouteChange.UNCHANGED]}, "
            f"未导入 / refused {self.refused_routes}",
            *(f"  {count:>7} {reason}: {in_words(reason)}" for reason, count in counts.most_common()),
        ]

    def write_errors(self, path: Path, headings: Sequence[str], cells: Mapping[int, Sequence[str]]) -> None:
        """The lines that stay out, as they stood, with a mark for spreadsheets; put right, it is a file to import."""
        try:
            with path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["line", "reason", "explanation", *headings])
                for line, (reason, detail) in sorted(self.refused.items()):
                    explanation = in_words(reason) + (f": {detail}" if detail else "")
                    writer.writerow([line, reason, *map(harmless, (explanation, *cells.get(line, ())))])
        except OSError as error:
            raise FileRefused("file-unwritable", path=path, why=error.strerror) from error
