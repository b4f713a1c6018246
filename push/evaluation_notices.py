"""Who is notified of evaluation: the centre of what is appealed, whoever appealed of the answer, and who subscribed to
an area's week and may still read it. No name and no word of what was written is in a message."""

from collections.abc import Sequence

from backend.accounts.permissions import HOLDERS, Permission
from backend.evaluation.events import ScoreAppealDecided, ScoreAppealed, WeeklyAnalysisReady
from backend.evaluation.weekly import subscribing
from backend.events.delivery import Reaction
from backend.events.facts import Fact, Recorded, reread
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

MEASURES = {
    "done_on_time_rate": ("按期处置率", "done in time"),
    "acceptance_on_time_rate": ("按时接单率", "accepted in time"),
    "arrival_on_time_rate": ("按时到场率", "reached in time"),
    "rework_rate": ("返工率", "reworked"),
    "return_rate": ("退单率", "returned"),
}
_OTHER = ("指标", "a figure")


async def notify_centre(recorded: Sequence[Recorded]) -> None:
    """An appeal waits: whoever may decide on it, but for the one who made it."""
    facts = [reread(each, ScoreAppealed) for each in recorded]
    centre = await holders_by_area(facts, *HOLDERS[Permission.DECIDE_SCORE_APPEALS])
    await push.notify(
        [
            notice(entry, centre[fact.area_code], say_appealed(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_asker(recorded: Sequence[Recorded]) -> None:
    """It was decided."""
    facts = [reread(each, ScoreAppealDecided) for each in recorded]
    await push.notify(
        [
            notice(entry, [fact.asked_by_id], say_decided(fact), Recipient.HANDLER)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_subscribers(recorded: Sequence[Recorded]) -> None:
    """Of those who subscribed, whoever reads the desk of the area now."""
    facts = [reread(each, WeeklyAnalysisReady) for each in recorded]
    readers = await holders_by_area(facts, *HOLDERS[Permission.READ_DESK])
    subscribed = await subscribing.list_subscribers({fact.area_code for fact in facts})
    await push.notify(
        [
            notice(entry, readers[fact.area_code] & {*subscribed[fact.area_code]}, say_ready(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def say_appealed(fact: ScoreAppealed) -> Wording:
    zh, en = MEASURES.get(fact.measure, _OTHER)
    return Wording(
        title_zh=f"评效申诉待决定:{zh}",
        title_en=f"An appeal to decide: {en}",
        body_zh=f"工单 {fact.number} 申请不计入该指标",
        body_en=f"Order {fact.number} is to be left out of the figure",
        path=f"/evaluation/appeals/{fact.subject_id}",
    )


def say_decided(fact: ScoreAppealDecided) -> Wording:
    zh, en = MEASURES.get(fact.measure, _OTHER)
    became_zh, became_en = ("同意,已不计入", "granted, left out") if fact.is_granted else ("未同意", "refused")
    return Wording(
        title_zh=f"评效申诉{became_zh}:{zh}",
        title_en=f"Your appeal was {became_en}: {en}",
        body_zh=f"工单 {fact.number} · 理由见申诉页",
        body_en=f"Order {fact.number} · the reason is on the page of the appeal",
        path=f"/evaluation/appeals/{fact.subject_id}",
    )


def say_ready(fact: WeeklyAnalysisReady) -> Wording:
    return Wording(
        title_zh=f"案件数据周析:{fact.area_zh}",
        title_en=f"Weekly analysis: {fact.area_zh}",
        body_zh=f"{fact.first} 至 {fact.last} · 道路、时段、高频点位,可下载 PDF",
        body_en=f"{fact.first} to {fact.last} · roads, hours and busy places, also as PDF",
        path=f"/evaluation/roads?area={fact.area_code}&last={fact.last}",
    )


WHEN: dict[type[Fact], tuple[Reaction, ...]] = {
    ScoreAppealed: (notify_centre,),
    ScoreAppealDecided: (notify_asker,),
    WeeklyAnalysisReady: (notify_subscribers,),
}
