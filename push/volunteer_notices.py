"""Who is notified about volunteers: the committee of what waits for it, the volunteer of what it decided."""

from collections.abc import Iterable, Sequence

from backend.accounts.structs import Role
from backend.events.delivery import Reaction
from backend.events.facts import Fact, Recorded, reread
from grab_orders.goods import events as goods
from grab_orders.ledgers import events as ledgers
from grab_orders.people import events as people
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Notice, Wording

_OWN_PAGE, _LEDGER, _POINTS = "/volunteer/apply", "/volunteer/ledger", "/volunteer/ledger?tab=points"
_TO_COMMITTEE: dict[type[Fact], tuple[str, str, str]] = {
    people.VolunteerApplied: ("新的志愿者申请,请审批", "Somebody asks to be a volunteer", "/committee/volunteers"),
    goods.GoodsReserved: ("有兑换待领取", "Goods wait to be fetched", "/committee/goods"),
}
_TO_VOLUNTEER: dict[type[Fact], tuple[str, str, str]] = {
    people.VolunteerApproved: ("志愿者申请已通过,可以抢单了", "You are a volunteer: grab orders", "/hall"),
    people.VolunteerRefused: ("志愿者申请未通过", "Your application was refused", _OWN_PAGE),
    people.VolunteerLeft: ("志愿者资格已结束", "You are a volunteer no more", _OWN_PAGE),
    ledgers.HoursReversed: ("服务时长未予确认或已扣回", "Hours were refused or taken back", _LEDGER),
    ledgers.PointsReversed: ("积分已扣回", "Points were taken back", _POINTS),
    goods.ExchangeCancelled: (
        "兑换已取消,积分已退回",
        "Your exchange was cancelled, the points are back",
        "/volunteer/goods",
    ),
}
_KINDS = {kind.name(): kind for kind in (*_TO_COMMITTEE, *_TO_VOLUNTEER)}


async def notify_committee(recorded: Sequence[Recorded]) -> None:
    """Something waits for the committee: its members, but for whom it concerns."""
    facts = [_read(each) for each in recorded]
    members = await holders_by_area(facts, Role.COMMITTEE)
    notices = []
    for entry, fact in zip(recorded, facts, strict=True):
        others = members[fact.area_code].difference(fact.account_ids)
        notices.append(_notice(entry, others, _TO_COMMITTEE[type(fact)], "", Recipient.DESK))
    await push.notify(notices)


async def notify_volunteer(recorded: Sequence[Recorded]) -> None:
    """Somebody else decided something about a volunteer; what people do themselves they know."""
    notices = []
    for entry in recorded:
        fact = _read(entry)
        by, whose = getattr(fact, "acted_by_id", None), set(fact.account_ids)
        if by is not None and by not in whose:
            reason = getattr(fact, "reason", "")
            notices.append(_notice(entry, whose, _TO_VOLUNTEER[type(fact)], reason, Recipient.HANDLER))
    await push.notify(notices)


def _read(recorded: Recorded) -> Fact:
    return reread(recorded, _KINDS[recorded.name])


def _notice(
    entry: Recorded, people: Iterable[int], words: tuple[str, str, str], reason: str, recipient: Recipient
) -> Notice:
    zh, en, path = words
    wording = Wording(title_zh=zh, title_en=en, body_zh=reason, body_en=reason, path=path)
    return notice(entry, people, wording, recipient, is_for_staff=recipient is Recipient.DESK)


WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    **dict.fromkeys(_TO_COMMITTEE, (notify_committee,)),
    **dict.fromkeys(_TO_VOLUNTEER, (notify_volunteer,)),
}
