"""Who is notified about pickups: whoever acts for the shop, and the desk where one was missed."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording
from shops.pickup import events
from shops.pickup.bookings.wording import KIND_WORDS, REFUSAL_WORDS
from shops.pickup.events import PickupFact, PickupMissed, PickupNotBooked, PickupRefused, PickupReplanned

_KINDS: dict[str, type[PickupFact]] = {
    kind.name(): kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, PickupFact)
}


async def notify_people(recorded: Sequence[Recorded]) -> None:
    """Whoever acts for the shop: missed, refused, planned again, or not booked."""
    facts = [reread(each, _KINDS[each.name]) for each in recorded]
    await push.notify(
        [
            notice(entry, fact.account_ids, say(fact, path_of(fact)), Recipient.REPORTER)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_desk(recorded: Sequence[Recorded]) -> None:
    """A pickup was missed: the dispatchers of the area."""
    facts = [reread(each, _KINDS[each.name]) for each in recorded]
    dispatchers = await holders_by_area(facts, Role.DISPATCHER)
    await push.notify(
        [
            notice(entry, dispatchers[fact.area_code], say(fact, "/pickups"), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def path_of(fact: PickupFact) -> str:
    """The page of the booking, or of what repeats itself. Pure."""
    is_recurrence = isinstance(fact, PickupNotBooked)
    return f"/shop/pickup/recurring?shop={fact.shop_id}" if is_recurrence else f"/shop/pickup/{fact.subject_id}"


def say(fact: PickupFact, path: str) -> Wording:
    """What happened to whose pickup of what, and what follows. Pure; times in Shanghai."""
    kind_zh, kind_en = KIND_WORDS.get(fact.waste, (fact.waste, fact.waste))
    zh, en, more_zh, more_en = _words(fact)
    return Wording(
        title_zh=f"{zh}:{kind_zh}",
        title_en=f"{en}: {kind_en}",
        body_zh=" · ".join(part for part in (fact.shop, more_zh) if part),
        body_en=" · ".join(part for part in (fact.shop, more_en) if part),
        path=path,
    )


def _words(fact: PickupFact) -> tuple[str, str, str, str]:
    if isinstance(fact, PickupReplanned):
        starts, ends = fact.starts_at.astimezone(SHANGHAI), fact.ends_at.astimezone(SHANGHAI)
        when = f"{starts:%m-%d %H:%M}–{ends:%H:%M}"
        return "已优先重新安排清运", "Pickup planned again, first in line", when, when
    if isinstance(fact, PickupNotBooked):
        return "周期预约未约上", "A recurring pickup found no free slot", fact.on_date, fact.on_date
    if isinstance(fact, PickupRefused):
        why_zh, why_en = REFUSAL_WORDS.get(fact.reason, ("", ""))
        return "未收运", "Not taken", f"{why_zh};点开看怎么办", f"{why_en}; open it to see what to do"
    why_zh, why_en = REFUSAL_WORDS.get(fact.reason, ("", "")) if isinstance(fact, PickupMissed) else ("", "")
    more_zh = ",".join(part for part in (why_zh, "正在重新安排") if part)
    more_en = "; ".join(part for part in (why_en, "it is being planned again") if part)
    return "清运未按时到", "The pickup was missed", more_zh, more_en
