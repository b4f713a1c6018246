"""Who is notified of findings: the shop, whoever found it, whoever decides an appeal, and the street of late ones."""

from collections.abc import Iterable, Sequence

from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import ORDINARY, holders_by_area, notice
from push.structs import Notice, Wording
from shops.inspections import events
from shops.inspections.events import FindingFact, FindingOverdue

_GRAVE = "P1"
_TO_SHOP: dict[type[FindingFact], tuple[str, str]] = {
    events.FindingOpened: ("检查发现一条问题,请整改", "An inspection found something to put right"),
    events.FindingFailed: ("复查不合格,有新的整改期限", "Looked at again and not in order: there is a new deadline"),
    events.FindingPassed: ("复查合格,已办结", "Looked at again and in order: done"),
    events.FindingUpheld: ("申诉结果:维持", "Your appeal: it stands"),
    events.FindingStruck: ("申诉结果:撤销,不再计分", "Your appeal: struck, it counts no more"),
}
_KINDS: dict[str, type[FindingFact]] = {
    kind.name(): kind for kind in (*_TO_SHOP, events.FindingAnswered, events.FindingAppealed, FindingOverdue)
}
_PANEL = (Role.VERIFIER, Role.STREET_ADMIN)
_LEVEL_OF_STREET = 2


async def notify_shop(recorded: Sequence[Recorded]) -> None:
    """Everybody who acts for the shop. No name of staff is in it."""
    facts = [_read(each) for each in recorded]
    await push.notify(
        [
            _notice(entry, fact, fact.account_ids, _TO_SHOP[type(fact)], Recipient.REPORTER)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_inspector(recorded: Sequence[Recorded]) -> None:
    """The shop says that it is put right: whoever found it."""
    said = ("商户已整改,请复查", "The shop put it right: look at it again")
    facts = [_read(each) for each in recorded]
    await push.notify(
        [
            _notice(entry, fact, [fact.inspector_id], said, Recipient.INSPECTOR)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_panel(recorded: Sequence[Recorded]) -> None:
    """The shop appeals: whoever may decide there, but for who found it."""
    said = ("商户申诉,请评审", "A shop appeals: please decide")
    facts = [_read(each) for each in recorded]
    panels = await holders_by_area(facts, *_PANEL)
    await push.notify(
        [
            _notice(entry, fact, panels[fact.area_code] - {fact.inspector_id}, said, Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_of_overdue(recorded: Sequence[Recorded]) -> None:
    """It is late: first whoever found it, later the street."""
    said = ("整改已逾期", "Not put right in time")
    facts = [reread(each, FindingOverdue) for each in recorded]
    streets = await holders_by_area(facts, Role.STREET_ADMIN)
    notices: list[Notice] = []
    for entry, fact in zip(recorded, facts, strict=True):
        if fact.level < _LEVEL_OF_STREET:
            notices.append(_notice(entry, fact, [fact.inspector_id], said, Recipient.INSPECTOR))
        else:
            notices.append(_notice(entry, fact, streets[fact.area_code], said, Recipient.ESCALATED))
    await push.notify(notices)


def _read(recorded: Recorded) -> FindingFact:
    return reread(recorded, _KINDS[recorded.name])


def _notice(
    entry: Recorded, fact: FindingFact, people: Iterable[int], said: tuple[str, str], recipient: Recipient
) -> Notice:
    """Leads to the finding's page, which asks again who may read it."""
    zh, en = said
    wording = Wording(
        title_zh=zh,
        title_en=en,
        body_zh=f"{fact.shop}:{fact.words_zh}",
        body_en=f"{fact.shop}: {fact.words_en or fact.words_zh}",
        path=f"/findings/{fact.subject_id}",
    )
    return notice(entry, people, wording, recipient, priority=_GRAVE if fact.is_p0 else ORDINARY)
