"""What the order of a booking says to the crew. Pure; times in Shanghai."""

from backend.calendars.rules import SHANGHAI
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.structs import SlotView

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
