"""The words of the report, in Chinese: it goes to the file of the town. Pure."""

from datetime import datetime

from backend.calendars.rules import SHANGHAI
from backend.emergencies.receipt_structs import BroadcastView
from backend.emergencies.structs import EmergencyKind, EmergencyView, EntryKind

KINDS = {
    EmergencyKind.FLOOD: "防汛防台",
    EmergencyKind.FIRE: "火灾",
    EmergencyKind.EPIDEMIC: "疫情防控",
    EmergencyKind.EVENT: "重大活动保障",
    EmergencyKind.OTHER: "其他应急",
}
ENTRIES = {
    EntryKind.BEGUN: "启动",
    EntryKind.LEVEL: "级别调整",
    EntryKind.BROADCAST: "通报",
    EntryKind.ORDER: "重大工单",
    EntryKind.CAMPAIGN: "专页",
    EntryKind.NOTE: "情况",
    EntryKind.ENDED: "结束",
}
HIDDEN_ORDER = "一张重大工单(名称与地点只供其经办和属地人员查看)"
ROMAN = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")


def headline(emergency: EmergencyView) -> str:
    return f"{emergency.area_zh}{KINDS[emergency.kind]}应急工作报告"


def clock(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"


def lasted(since: datetime, until: datetime) -> str:
    minutes = int((until - since).total_seconds() // 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours} 小时 {rest} 分" if hours else f"{rest} 分"


def percent(part: int, whole: int) -> str:
    """A share as people read it; nothing of nothing is a dash."""
    return f"{100 * part / whole:.0f}%" if whole else "–"


def receipts(broadcast: BroadcastView, delivered: int | None) -> str:
    """How many of how many got, saw and answered it, and how soon."""
    people = broadcast.people
    parts = [f"发送 {people} 人"]
    if delivered is not None:
        parts.append(f"送达 {delivered}({percent(delivered, people)})")
    parts.append(f"已看 {broadcast.seen}({percent(broadcast.seen, people)})")
    parts.append(f"已答复 {broadcast.answered}({percent(broadcast.answered, people)})")
    if broadcast.median_min is not None and broadcast.p90_min is not None:
        parts.append(f"答复用时中位 {broadcast.median_min:.1f} 分、90 分位 {broadcast.p90_min:.1f} 分")
    return ",".join(parts)
