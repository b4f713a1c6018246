"""Who is notified of an early warning: the desk of the place where words rise, in its digest, once for each matter."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.events.facts import Recorded, reread
from backend.public_opinion.events import MatterEmerged
from push import service as push
from push.channels import Recipient
from push.notices import holders_by_area, notice
from push.structs import Wording

_NAMED = 3


async def notify_desk(recorded: Sequence[Recorded]) -> None:
    """Whoever reads the desk of the area and works there; of a committee, its people too."""
    facts = [reread(each, MatterEmerged) for each in recorded]
    holders = await holders_by_area(facts, Role.DISPATCHER, Role.STREET_ADMIN, Role.COMMITTEE)
    await push.notify(
        [
            notice(entry, holders[fact.area_code], wording_of(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def wording_of(fact: MatterEmerged) -> Wording:
    """Which words, how many people, how many were to be expected. Pure."""
    words, days = "、".join(fact.words[:_NAMED]), "a day" if fact.days == 1 else f"{fact.days} days"
    return Wording(
        title_zh=f"苗头预警:{words}",
        title_en=f"Early warning: {words}",
        body_zh=f"近 {fact.days} 天 {fact.reporters} 人反映,往常约 {fact.expected:.1f} 人 · 请接手或搁置",
        body_en=f"{fact.reporters} reporters within {days}, about {fact.expected:.1f} before · please take it up, or "
        "put it aside",
        path=f"/opinion/matters/{fact.subject_id}",
    )
