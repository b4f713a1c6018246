"""Who is notified of hotline cases: the dispatchers where they lie, and of a first contact whoever has the order."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.events.facts import Recorded, reread
from backend.intake.hotline import events
from backend.intake.hotline.events import HotlineFact
from backend.intake.hotline.kinds import ActKind
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

_PRESSING = "P1"
_AT_DESK = "/desk"
_KINDS: dict[str, type[HotlineFact]] = {
    kind.name(): kind
    for kind in (
        events.FirstContactDue,
        events.HotlineDeadlineNear,
        events.FormalActDecided,
        events.ExchangeRefused,
        events.CallBackUnsolved,
    )
}
_ACTS = {ActKind.RETURN: ("退单", "The return"), ActKind.EXTENSION: ("延期", "The extension")}


async def notify_desk(recorded: Sequence[Recorded]) -> None:
    """The dispatchers of the area, and of a case that presses whoever has its order, too."""
    facts = [reread(each, _KINDS[each.name]) for each in recorded]
    holders = await holders_by_area(facts, Role.DISPATCHER)
    await push.notify(
        [
            notice(
                entry,
                holders[fact.area_code] | ({fact.handler_id} if fact.handler_id else set()),
                wording_of(fact),
                Recipient.DESK,
                priority=_PRESSING,
                order_id=fact.order_id,
            )
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def wording_of(fact: HotlineFact) -> Wording:
    """What happened to which case of which source. Pure."""
    zh, en, more_zh, more_en = _said(fact)
    return Wording(
        title_zh=zh,
        title_en=en,
        body_zh=" · ".join(part for part in (fact.source_zh, fact.task_no, more_zh) if part),
        body_en=" · ".join(part for part in (fact.source_en, fact.task_no, more_en) if part),
        path=f"/o/{fact.order_id}/hotline" if fact.order_id else _AT_DESK,
    )


def _said(fact: HotlineFact) -> tuple[str, str, str, str]:
    match fact:
        case events.FirstContactDue(due_at=due_at) | events.HotlineDeadlineNear(due_at=due_at):
            by = due_at.astimezone(SHANGHAI).strftime("%m-%d %H:%M")
            if isinstance(fact, events.FirstContactDue):
                return "先行联系即将超时", "The first contact is nearly due", f"{by} 前联系市民", f"call by {by}"
            return "热线时限将到", "The hotline's deadline is near", f"{by} 前反馈", f"answer by {by}"
        case events.FormalActDecided():
            zh, en = _ACTS[fact.kind]
            if fact.is_granted:
                return f"上级平台同意{zh}", f"{en} was granted", fact.opinion, fact.opinion
            return f"上级平台不同意{zh}", f"{en} was refused", fact.opinion, fact.opinion
        case events.ExchangeRefused():
            return "上级平台拒收报文", "The upper platform will not take a message", fact.why, fact.why
        case _:
            return "回访未解决,请处理", "Called back and not solved: please decide", "", ""
