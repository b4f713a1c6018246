"""Who is notified of emergencies: everybody who works there, once, when one begins, changes or ends; whoever a
broadcast is for; and up the ladder those who answer for people that stay silent.
"""

from collections.abc import Sequence

from backend.accounts.around import list_staff_around
from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.emergencies import events
from backend.emergencies.events import BroadcastFact, BroadcastSent, BroadcastUnanswered, EmergencyFact
from backend.emergencies.structs import EmergencyKind, LadderStep
from backend.events.facts import Recorded, reread
from backend.words import counted
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

URGENT, AT_ONCE = "P1", "P0"
KINDS = {
    EmergencyKind.FLOOD: ("防汛防台", "flood and storm"),
    EmergencyKind.FIRE: ("火灾", "fire"),
    EmergencyKind.EPIDEMIC: ("疫情防控", "epidemic"),
    EmergencyKind.EVENT: ("重大活动保障", "great event"),
    EmergencyKind.OTHER: ("应急", "emergency"),
}
ROMAN = ("", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ")
_STAFF = (
    *(Role.INSPECTOR, Role.HANDLER, Role.VERIFIER, Role.DISPATCHER),
    *(Role.COMMITTEE, Role.STREET_ADMIN, Role.DISTRICT_ADMIN),
)
_HEADS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_FACTS: dict[str, type[EmergencyFact]] = {
    kind.name(): kind
    for kind in (
        *(events.EmergencyBegan, events.EmergencyLevelChanged, events.EmergencyEnded),
        events.EmergencyForgotten,
    )
}
_AREA = {
    events.EmergencyBegan: ("进入应急状态", "An emergency began"),
    events.EmergencyLevelChanged: ("应急级别调整", "An emergency has another level"),
    events.EmergencyEnded: ("应急结束,转入常态", "An emergency is over"),
    events.EmergencyForgotten: ("应急状态仍未结束,请确认", "An emergency is still on: please decide"),
}


async def notify_area(recorded: Sequence[Recorded]) -> None:
    """Everybody who works in the area, around it or within it; of a forgotten one those who may end it."""
    notices = []
    for entry in recorded:
        fact = reread(entry, _FACTS[entry.name])
        roles = _HEADS if isinstance(fact, events.EmergencyForgotten) else _STAFF
        people = await list_staff_around(fact.area_code, roles)
        if isinstance(fact, events.EmergencyForgotten):
            people = [*people, fact.begun_by_id]
        notices.append(notice(entry, people, say_area(fact), Recipient.HANDLER, priority=URGENT))
    await push.notify(notices)


async def notify_people(recorded: Sequence[Recorded]) -> None:
    """A broadcast: each person for whom it is, at once and at any hour."""
    facts = [reread(each, BroadcastSent) for each in recorded]
    await push.notify(
        [
            notice(entry, fact.account_ids, say_broadcast(fact), Recipient.HANDLER, priority=AT_ONCE)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_ladder(recorded: Sequence[Recorded]) -> None:
    """Whoever stays silent, and from the deadline on whoever answers for them."""
    facts = [reread(each, BroadcastUnanswered) for each in recorded]
    heads = await holders_by_area(facts, *_HEADS)
    notices = []
    for entry, fact in zip(recorded, facts, strict=True):
        if fact.step is LadderStep.REMIND:
            notices.append(notice(entry, fact.account_ids, say_reminder(fact), Recipient.HANDLER, priority=AT_ONCE))
            continue
        people = heads[fact.area_code] if fact.step is LadderStep.HEAD else set(fact.leader_ids)
        notices.append(notice(entry, people, say_silent(fact), Recipient.ESCALATED, priority=AT_ONCE))
    await push.notify(notices)


def say_area(fact: EmergencyFact) -> Wording:
    """What is on where, how grave it is, and why. Pure."""
    (zh, en), (kind_zh, kind_en) = _AREA[type(fact)], KINDS[fact.kind]
    return Wording(
        title_zh=f"{zh}:{fact.area_zh}",
        title_en=f"{en}: {fact.area_zh}",
        body_zh=" · ".join(part for part in (f"{kind_zh}{ROMAN[fact.level]}级", fact.reason) if part),
        body_en=" · ".join(part for part in (f"{kind_en}, level {ROMAN[fact.level]}", fact.reason) if part),
        path=f"/emergencies/{fact.subject_id}",
    )


def say_broadcast(fact: BroadcastSent) -> Wording:
    """The text itself, and until when it is to be answered. Pure."""
    by = _by(fact)
    kind_zh, kind_en = KINDS[fact.kind]
    return Wording(
        title_zh=f"应急通报({kind_zh}):请于 {by} 前答复",
        title_en=f"Broadcast ({kind_en}): answer by {by}",
        body_zh=fact.text,
        body_en=fact.text,
        path=f"/broadcasts/{fact.subject_id}",
    )


def say_reminder(fact: BroadcastUnanswered) -> Wording:
    by = _by(fact)
    return Wording(
        title_zh=f"通报还没有答复:请于 {by} 前答复",
        title_en=f"Your answer is missing: by {by}",
        body_zh=fact.text,
        body_en=fact.text,
        path=f"/broadcasts/{fact.subject_id}",
    )


def say_silent(fact: BroadcastUnanswered) -> Wording:
    """How many of how many stay silent; who they are is on the page. Pure."""
    next_zh, next_en = (
        ("请电话联系", "please call them") if fact.step is LadderStep.CALL else ("请催办", "please urge them")
    )
    return Wording(
        title_zh=f"通报有 {fact.silent} 人未答复,{next_zh}",
        title_en=f"{counted(fact.silent, 'person stays', 'people stay')} silent: {next_en}",
        body_zh=f"{fact.area_zh} · 共 {fact.people} 人 · {fact.text}",
        body_en=f"{fact.area_zh} · of {counted(fact.people, 'person', 'people')} · {fact.text}",
        path=f"/broadcasts/{fact.subject_id}/receipts",
    )


def _by(fact: BroadcastFact) -> str:
    return f"{fact.answer_by.astimezone(SHANGHAI):%m-%d %H:%M}"
