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
    """The dispatchers of the area; of a committee, its people too."""
    facts = [reread(each, MatterEmerged) for each in recorded]
    holders = await holders_by_area(facts, Role.DISPATCHER, Role.COMMITTEE)
    await push.notify(
        [
            notice(entry, holders[fact.area_code], wording_of(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def wording_of(fact: MatterEmerged) -> Wording:
    """Which words, how many people, how many were to be expected. Pure."""
    words = "、".join(fact.words[:_NAMED])
    return Wording(
        title_zh=f"苗头预警:{words}",
        title_en=f"Early warning: {words}",
        body_zh=f"七天内 {fact.reporters} 人反映,往常约 {fact.expected:.1f} 人 · 请查看并标注是否有用",
        body_en=f"{fact.reporters} reporters in seven days, about {fact.expected:.1f} before · please look, and say "
        "whether it was useful",
        path=f"/opinion?area={fact.area_code}&week={fact.week}#matter-{fact.subject_id}",
    )
