"""What people are told of an order that they may grab. Pure: the place to the block, no number, nobody's words."""

from zoneinfo import ZoneInfo

from backend.words import counted
from grab_orders.offers.alerts import OfferAlert
from push.structs import Details, Wording
from push.wording import TO_GRAB

_SHANGHAI = ZoneInfo("Asia/Shanghai")


def say_offered(offer: OfferAlert) -> Wording:
    """What, where to the block, until when in Shanghai time, and what it brings."""
    until, points = offer.closes_at.astimezone(_SHANGHAI).strftime("%H:%M"), offer.points
    zh, en = TO_GRAB
    more_zh = [offer.block, f"{until} 前可抢", f"{points} 积分" if points else ""]
    more_en = [offer.block, f"open until {until}", counted(points, "point", "points") if points else ""]
    return Wording(
        title_zh=f"{zh}:{offer.name_zh}",
        title_en=f"{en}: {offer.name_en}",
        body_zh=" · ".join(filter(None, more_zh)),
        body_en=" · ".join(filter(None, more_en)),
        path="/hall",
    )


def details_of_offer(offer: OfferAlert) -> Details:
    """The same in parts."""
    zh, en = TO_GRAB
    return Details(
        item_zh=offer.name_zh,
        item_en=offer.name_en,
        place=offer.block,
        stage_zh=zh,
        stage_en=en,
        due_by=offer.closes_at,
    )
