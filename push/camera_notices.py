"""Who is notified of what a camera saw, level by level, before it is an order; and of a camera that nobody knows."""

from collections.abc import Sequence

from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from backend.events.facts import Recorded, reread
from backend.intake.cameras.events import CameraEventSeen, CameraFound
from push import service as push
from push.channels import Recipient
from push.notices import first_holders_by_area, notice
from push.structs import Wording

_NEAREST = (Role.COMMITTEE, Role.DISPATCHER, Role.STREET_ADMIN)
_CENTRE = (Role.DISPATCHER, Role.STREET_ADMIN)
_HIGHER_AT = 50
"""From this percent of the minutes that it may stay, the centre is notified too."""
_URGENT = "P1"


async def notify_staff(recorded: Sequence[Recorded]) -> None:
    """Those on the spot first, and half the time later the centre; then it is an order, with a ladder of its own."""
    facts = [reread(each, CameraEventSeen) for each in recorded]
    nearest = await first_holders_by_area(facts, *_NEAREST)
    centre = await first_holders_by_area(facts, *_CENTRE)
    await push.notify(
        [
            notice(entry, _people(fact, nearest, centre), say_seen(fact), Recipient.ESCALATED, priority=_URGENT)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


async def notify_centre(recorded: Sequence[Recorded]) -> None:
    """A camera to claim: until then nothing that it tells becomes an order."""
    facts = [reread(each, CameraFound) for each in recorded]
    centre = await first_holders_by_area(facts, *_CENTRE)
    await push.notify(
        [
            notice(entry, centre[fact.area_code], say_found(fact), Recipient.DESK)
            for entry, fact in zip(recorded, facts, strict=True)
        ]
    )


def say_seen(fact: CameraEventSeen) -> Wording:
    """What was seen where and when, and what happens if it stays."""
    at = fact.seen_at.astimezone(SHANGHAI)
    return Wording(
        title_zh=f"{fact.title_zh},请到场处理",
        title_en=f"{fact.title_en}: please go and see",
        body_zh=f"{fact.place} · {at:%H:%M} · 满 {fact.stays_min} 分钟仍在将派单",
        body_en=f"{fact.place} · {at:%H:%M} · an order if it is still there after {fact.stays_min} minutes",
        path=f"/desk/cameras#camera-{fact.camera_id}",
    )


def say_found(fact: CameraFound) -> Wording:
    return Wording(
        title_zh="有未登记的摄像头上报",
        title_en="A camera that nobody registered",
        body_zh=f"{fact.source} · {fact.camera_no} · 认领后才会派单",
        body_en=f"{fact.source} · {fact.camera_no} · nothing becomes an order until it is claimed",
        path=f"/desk/cameras#camera-{fact.subject_id}",
    )


def _people(fact: CameraEventSeen, nearest: dict[str, list[int]], centre: dict[str, list[int]]) -> list[int]:
    higher = centre[fact.area_code] if fact.percent >= _HIGHER_AT else []
    return [*nearest[fact.area_code], *higher]
