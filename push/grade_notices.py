"""A shop hears that its grade changed: whoever acts for it, with the way to its report, which says why."""

from collections.abc import Sequence

from backend.events.facts import Recorded, reread
from backend.words import counted
from push import service as push
from push.channels import Recipient
from push.notices import ORDINARY, notice
from push.structs import Wording
from shops.grades.events import ShopGradeChanged


async def notify_shop(recorded: Sequence[Recorded]) -> None:
    facts = [(entry, reread(entry, ShopGradeChanged)) for entry in recorded]
    await push.notify(
        [notice(entry, fact.account_ids, _say(fact), Recipient.REPORTER, priority=ORDINARY) for entry, fact in facts]
    )


def _say(fact: ShopGradeChanged) -> Wording:
    days = fact.visit_days
    return Wording(
        title_zh=f"{fact.shop}:分级由 {fact.before} 变为 {fact.after}",
        title_en=f"{fact.shop}: grade {fact.before} is now {fact.after}",
        body_zh=f"巡查间隔 {days} 天。分级只影响巡查次数,不作处罚;原因和怎样改变见报告。",
        body_en=f"Visits every {counted(days, 'day', 'days')}. A grade is no penalty; "
        "the report says why, and what would change it.",
        path=f"/shops/{fact.subject_id}/report",
    )
