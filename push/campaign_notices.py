"""Who is notified of campaigns: whoever goes, once each, at the start and before a deadline; the centre, of misses."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.campaigns.events import CampaignRoundDueSoon, CampaignRoundMissed, CampaignStarted
from backend.campaigns.rounds import goers
from backend.campaigns.structs import CampaignMode
from backend.events.facts import Recorded, reread
from backend.words import counted
from push import service as push
from push.channels import Recipient
from push.notices import ORDINARY, first_holders_by_area, notice
from push.structs import Wording

_WATCHING = (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_URGENT = "P1"


async def notify_goers(recorded: Sequence[Recorded]) -> None:
    """A campaign has started: one message for a person, however many targets there are."""
    notices = []
    for entry in recorded:
        fact = reread(entry, CampaignStarted)
        people = await goers.list_goers(fact.campaign_id)
        priority = _URGENT if fact.mode == CampaignMode.EMERGENCY else ORDINARY
        notices.append(notice(entry, people, say_started(fact), Recipient.INSPECTOR, priority=priority))
    await push.notify(notices)


async def notify_late(recorded: Sequence[Recorded]) -> None:
    """A round is nearly due: whoever has something left to do in it."""
    notices = []
    for entry in recorded:
        fact = reread(entry, CampaignRoundDueSoon)
        people = await goers.list_late(fact.campaign_id, fact.subject_id)
        notices.append(notice(entry, people, say_due_soon(fact), Recipient.INSPECTOR))
    await push.notify(notices)


async def notify_watchers(recorded: Sequence[Recorded]) -> None:
    """A round was over before all was done: the centre of its area."""
    facts = [reread(each, CampaignRoundMissed) for each in recorded]
    watching = await first_holders_by_area(facts, *_WATCHING)
    await push.notify(
        [
            notice(entry, watching[fact.area_code], say_missed_round(fact), Recipient.ESCALATED)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def say_started(fact: CampaignStarted) -> Wording:
    due, begins = (at.astimezone(SHANGHAI) for at in (fact.due_at, fact.starts_at))
    return Wording(
        title_zh=f"{fact.name_zh}:请按清单排查",
        title_en=f"{fact.name_en or fact.name_zh}: please go and check",
        body_zh=f"共 {fact.targets} 处 · {begins:%m-%d %H:%M} 开始,{due:%m-%d %H:%M} 前完成",
        body_en=f"{counted(fact.targets, 'target', 'targets')} · from {begins:%m-%d %H:%M}, done by {due:%m-%d %H:%M}",
        path="/checks",
    )


def say_due_soon(fact: CampaignRoundDueSoon) -> Wording:
    due = fact.due_at.astimezone(SHANGHAI)
    return Wording(
        title_zh=f"{fact.name_zh}:{due:%m-%d %H:%M} 截止",
        title_en=f"{fact.name_en or fact.name_zh}: due {due:%m-%d %H:%M}",
        body_zh=f"还有 {fact.open_tasks} 处未排查",
        body_en=f"{counted(fact.open_tasks, 'target is', 'targets are')} not done yet",
        path="/checks",
    )


def say_missed_round(fact: CampaignRoundMissed) -> Wording:
    return Wording(
        title_zh=f"{fact.name_zh}:{fact.missed} 处逾期未排查",
        title_en=f"{fact.name_en or fact.name_zh}: {counted(fact.missed, 'target was', 'targets were')} missed",
        body_zh=f"第 {fact.number} 轮,共 {fact.tasks} 处",
        body_en=f"Round {fact.number}, of {counted(fact.tasks, 'target', 'targets')}",
        path=f"/campaigns/{fact.campaign_id}/coverage?round={fact.subject_id}&shown=left",
    )
