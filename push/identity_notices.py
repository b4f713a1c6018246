"""Who is notified that a sealed identity is to be opened: the second person, and then whoever asked."""

from collections.abc import Sequence

from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Notice, Wording
from shops.complaints.events import IdentityOpeningAsked, IdentityOpeningDecided
from shops.complaints.rules import OPENERS

_PRIORITY = "P2"


async def notify_second_person(recorded: Sequence[Recorded]) -> None:
    """Somebody asked: everybody else who may agree there."""
    facts = [reread(each, IdentityOpeningAsked) for each in recorded]
    openers = await holders_by_area(facts, *OPENERS)
    await push.notify(
        [
            _notice(entry, openers[fact.area_code] - {fact.asked_by_id}, _say_pending(fact))
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_asker(recorded: Sequence[Recorded]) -> None:
    """It was decided: whoever asked."""
    facts = [reread(each, IdentityOpeningDecided) for each in recorded]
    await push.notify(
        [_notice(entry, {fact.asked_by_id}, _say_decided(fact)) for entry, fact in zip(recorded, facts, strict=True)]
    )


def _notice(entry: Recorded, people: set[int], wording: Wording) -> Notice:
    return notice(entry, people, wording, Recipient.DESK, priority=_PRIORITY)


def _say_pending(fact: IdentityOpeningAsked) -> Wording:
    """Who asks and why stands on the page alone: this is read on locked phones, and passes through vendors."""
    return Wording(
        title_zh="有人申请启封举报人身份,需您决定",
        title_en="Somebody asks to open an identity: you decide",
        body_zh="请在工单页查看理由",
        body_en="The reason stands on the order's page",
        path=f"/o/{fact.order_id}/identity",
    )


def _say_decided(fact: IdentityOpeningDecided) -> Wording:
    zh, en = ("已同意,24 小时内可查看", "agreed: readable for 24 hours") if fact.is_agreed else ("未同意", "refused")
    return Wording(
        title_zh=f"启封申请{zh}",
        title_en=f"Your request to open an identity was {en}",
        body_zh="",
        body_en="",
        path=f"/o/{fact.order_id}/identity",
    )
