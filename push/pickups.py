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
from shops.pickup.bookings.wording import KIND_WORDS
from shops.pickup.events import PickupFact, PickupNotBooked, PickupReplanned

_KINDS: dict[str, type[PickupFact]] = {
    kind.name(): kind for kind in vars(events).values() if isinstance(kind, type) and issubclass(kind, PickupFact)
}
_PATH = "/shop/pickup"


async def notify_people(recorded: Sequence[Recorded]) -> None:
    """Whoever acts for the shop: missed, planned again, or not booked."""
    facts = [reread(each, _KINDS[each.name]) for each in recorded]
    await push.notify(
        [
            notice(entry, fact.account_ids, say(fact, _PATH), Recipient.REPORTER)
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
    return "清运未按时到", "The pickup was missed", "正在重新安排", "it is being planned again"
