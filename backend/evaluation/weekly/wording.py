"""What the paper and the sheet of the weekly analysis say, in Chinese. Pure."""

from collections.abc import Mapping

from backend.evaluation.weekly.structs import BLOCK_HOURS, BLOCKS, BusyPlace, WeeklyAnalysis

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
HOURS = tuple(f"{block * BLOCK_HOURS}–{(block + 1) * BLOCK_HOURS}时" for block in range(BLOCKS))
MORE, LESS, SAME = "明显增多", "明显减少", "无明显变化"
HEADLINE = "案件数据周析"


def title(analysis: WeeklyAnalysis, area_zh: str) -> str:
    return f"{area_zh}{HEADLINE} {analysis.week.first} 至 {analysis.week.last}"


def change(*, is_more: bool, is_less: bool) -> str:
    return MORE if is_more else LESS if is_less else SAME


def classes(by_class: Mapping[str, int], names: Mapping[str, str]) -> str:
    """Most first."""
    ordered = sorted(by_class.items(), key=lambda each: (-each[1], each[0]))
    return " ".join(f"{names.get(code, code)} {count}" for code, count in ordered)


def recurring(place: BusyPlace, names: Mapping[str, str]) -> str:
    return "、".join(f"{names.get(each.item_code, each.item_code)} {each.reported}" for each in place.recurring)
