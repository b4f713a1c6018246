"""What the order of a booking says to the crew. Pure; times in Shanghai."""

from backend.calendars.rules import SHANGHAI
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.structs import PickupRefusal, RefusalReason, SlotView

KIND_WORDS: dict[str, tuple[str, str]] = {
    WasteKind.WET: ("湿垃圾", "wet waste"),
    WasteKind.DRY: ("干垃圾", "dry waste"),
    WasteKind.RECYCLABLE: ("可回收物", "recyclables"),
    WasteKind.RENOVATION: ("装修垃圾", "renovation waste"),
    WasteKind.BULKY: ("大件垃圾", "bulky waste"),
}
UNIT_WORDS: dict[str, tuple[str, str]] = {
    AmountUnit.BIN: ("桶", "bins"),
    AmountUnit.BAG: ("袋", "bags"),
    AmountUnit.M3: ("立方米", "m³"),
    AmountUnit.PIECE: ("件", "pieces"),
}
REFUSAL_WORDS: dict[str, tuple[str, str]] = {
    RefusalReason.SORTED_WRONG: ("分类不符", "sorted wrongly"),
    RefusalReason.NOT_OUT: ("没有放出或店门未开", "not put out, or the shop was closed"),
    RefusalReason.TOO_MUCH: ("明显多于预约", "much more than was booked"),
    RefusalReason.HAZARDOUS: ("混有有害垃圾", "hazardous waste among it"),
    RefusalReason.BLOCKED: ("车辆无法靠近", "the vehicle could not get near"),
    RefusalReason.VEHICLE: ("车辆故障或已满", "the vehicle broke down or was full"),
}


def describe(request: PickupRequest, shop_name: str, slot: SlotView) -> str:
    """For whom, what, how much, when, by which route."""
    kind_zh, kind_en = KIND_WORDS[request.kind]
    unit_zh, unit_en = UNIT_WORDS[request.unit]
    starts, ends = slot.starts_at.astimezone(SHANGHAI), slot.ends_at.astimezone(SHANGHAI)
    when = f"{starts:%m-%d %H:%M}–{ends:%H:%M}"
    return (
        f"{shop_name} · {kind_zh} {request.amount} {unit_zh} · {when} · {slot.route}"
        f" / {request.amount} {unit_en} of {kind_en}"
    )


def describe_refusal(said: PickupRefusal) -> str:
    """Why nothing was taken, with what the crew says besides."""
    zh, en = REFUSAL_WORDS[said.reason]
    return " · ".join(part for part in (f"未收:{zh} / not taken: {en}", said.note) if part)
