"""Who is notified of requests to change a duty list: the town of what is asked, the committee of what was decided."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.committees.changes.events import (
    DutyChangeGranted,
    DutyChangeRefused,
    DutyChangeRequested,
)
from backend.committees.changes.structs import DutyChangeKind
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

_KINDS_ZH = {
    DutyChangeKind.FREQUENCY: "调整频次",
    DutyChangeKind.SWITCH_OFF: "关闭任务",
    DutyChangeKind.SWITCH_ON: "开启任务",
    DutyChangeKind.ADD: "新增任务",
}
_KINDS_EN = {
    DutyChangeKind.FREQUENCY: "change how often",
    DutyChangeKind.SWITCH_OFF: "switch a task off",
    DutyChangeKind.SWITCH_ON: "switch a task on",
    DutyChangeKind.ADD: "add a task",
}


async def notify_town(recorded: Sequence[Recorded]) -> None:
    """A request waits: whoever may decide on it, but for the one who asked."""
    facts = [reread(each, DutyChangeRequested) for each in recorded]
    towns = await holders_by_area(facts, Role.STREET_ADMIN)
    await push.notify(
        [
            notice(entry, towns[fact.area_code] - {fact.requested_by_id}, say_requested(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_committee(recorded: Sequence[Recorded]) -> None:
    """The answer: whoever asked, and the others of the committee."""
    facts = [_decided(each) for each in recorded]
    committees = await holders_by_area(facts, Role.COMMITTEE)
    notices = []
    for entry, fact in zip(recorded, facts, strict=True):
        people = {fact.requested_by_id, *committees[fact.area_code]} - {fact.decided_by_id}
        notices.append(notice(entry, people, say_decided(fact), Recipient.INSPECTOR))
    await push.notify(notices)


def say_requested(fact: DutyChangeRequested) -> Wording:
    """What is asked, by which committee, and why."""
    return Wording(
        title_zh=f"待审批:{fact.committee}申请{_KINDS_ZH[fact.change_kind]}",
        title_en=f"To decide: {fact.committee} asks to {_KINDS_EN[fact.change_kind]}",
        body_zh=f"{fact.name_zh} · {fact.reason}",
        body_en=f"{fact.name_en} · {fact.reason}",
        path=f"/duty-changes/{fact.subject_id}",
    )


def say_decided(fact: DutyChangeGranted | DutyChangeRefused) -> Wording:
    """What was decided, and from when it holds or why not."""
    if isinstance(fact, DutyChangeGranted):
        zh, en = "申请已同意", "Your request was granted"
        more_zh, more_en = f"{fact.valid_from} 起生效", f"in force from {fact.valid_from}"
    else:
        zh, en = "申请未获同意", "Your request was refused"
        more_zh = more_en = fact.refusal
    return Wording(
        title_zh=f"{zh}:{_KINDS_ZH[fact.change_kind]}",
        title_en=f"{en}: {_KINDS_EN[fact.change_kind]}",
        body_zh=f"{fact.name_zh} · {more_zh}",
        body_en=f"{fact.name_en} · {more_en}",
        path=f"/duty-changes/{fact.subject_id}",
    )


def _decided(recorded: Recorded) -> DutyChangeGranted | DutyChangeRefused:
    kinds: dict[str, type[DutyChangeGranted] | type[DutyChangeRefused]] = {
        kind.name(): kind for kind in (DutyChangeGranted, DutyChangeRefused)
    }
    return reread(recorded, kinds[recorded.name])
