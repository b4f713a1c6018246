"""An emergency starts the campaigns of its plan and ends them; what became of them stands in its log and report."""

from collections.abc import Sequence
from datetime import datetime

from backend import clock, db
from backend.calendars.rules import SHANGHAI
from backend.campaigns import by_emergency
from backend.campaigns.by_emergency import EmergencyCampaign
from backend.campaigns.errors import CampaignNotFound
from backend.campaigns.events import CampaignEnded, CampaignStarted
from backend.campaigns.structs import CampaignState
from backend.emergencies import queries, situation
from backend.emergencies.events import EmergencyBegan, EmergencyEnded
from backend.emergencies.structs import EntryKind
from backend.errors import AppError
from backend.events.delivery import Reaction
from backend.events.facts import Fact, Recorded, reread

NOTE = "应急结束,随之结束"


async def start_campaigns(recorded: Sequence[Recorded]) -> None:
    """An emergency began: each campaign of its plan, once; none of one that is over by now."""
    now = clock.now()
    for each in recorded:
        fact = reread(each, EmergencyBegan)
        for code in dict.fromkeys(fact.campaigns):
            async with db.transaction():
                if await queries.hold_on(fact.subject_id):
                    await _start(fact, code, now)


async def end_campaigns(recorded: Sequence[Recorded]) -> None:
    """An emergency is over: what it started and still runs ends with it."""
    for each in recorded:
        await by_emergency.end_all(reread(each, EmergencyEnded).subject_id, NOTE, clock.now())


async def note_campaigns(recorded: Sequence[Recorded]) -> None:
    """A campaign of an emergency has started, or ended with so much of it done: a line of the log, once each."""
    now = clock.now()
    for each in recorded:
        if each.name == CampaignStarted.name():
            started = reread(each, CampaignStarted)
            if started.emergency_id is not None:
                due = f"{started.due_at.astimezone(SHANGHAI):%m-%d %H:%M}"
                said = f"{started.name_zh}已启动:共 {started.targets} 处,{due} 前完成"
                await _note(started.emergency_id, f"campaign:{started.campaign_id}:started", said, now)
        else:
            ended = reread(each, CampaignEnded)
            if ended.emergency_id is not None:
                of = {one.id: one for one in await by_emergency.list_of(ended.emergency_id)}
                said = _sum_up(of[ended.campaign_id])
                await _note(ended.emergency_id, f"campaign:{ended.campaign_id}:ended", said, now)


async def _start(fact: EmergencyBegan, code: str, now: datetime) -> None:
    """What cannot be made says so in the log, and stops nothing else."""
    try:
        async with db.savepoint():
            made = await by_emergency.start(fact.subject_id, code, fact.area_code, now)
    except CampaignNotFound:
        return await _note(fact.subject_id, f"template:{code}", f"预案所列专页“{code}”没有样板,未启动", now)
    except AppError as error:
        return await _note(fact.subject_id, f"template:{code}", f"专页“{code}”未能启动({error.code})", now)
    if made is not None and made.state is CampaignState.DRAFT:
        said = f"{made.name_zh}没有排查点,请补充后启动"
        await _note(fact.subject_id, f"campaign:{made.id}:draft", said, now)


async def _note(emergency_id: int, key: str, text: str, now: datetime) -> None:
    async with db.transaction():
        await situation.append(emergency_id, EntryKind.CAMPAIGN, text, None, now, source_key=key)


def _sum_up(campaign: EmergencyCampaign) -> str:
    return f"{campaign.name_zh}已结束:{campaign.done}/{campaign.tasks} 处已排查,开出工单 {campaign.orders} 张"


WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    EmergencyBegan: (start_campaigns,),
    EmergencyEnded: (end_campaigns,),
    CampaignStarted: (note_campaigns,),
    CampaignEnded: (note_campaigns,),
}
"""What follows from which fact, for `wiring`."""
