"""Lone elders of the town's committee, with somebody of it, a volunteer of it, and a unit that goes and looks."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.elder_care import register
from backend.elder_care.rules import Consent, Risk, VisitWay
from backend.elder_care.structs import ElderDraft, PersonalData
from tests.makers.shops import SEAL
from tests.makers.town import COMMITTEE, SmallTown, make_actor, make_shift, make_unit

SECRET = PersonalData(name="王阿婆", door="3号楼501室", phone="13800001111", contacts="女儿 13800002222")


class Care(NamedTuple):
    committee: Actor
    volunteer: Actor
    handler: Actor


async def make_care(now: datetime) -> Care:
    unit_id = await make_unit("committee")
    handler = await make_actor("居委值班", Role.HANDLER, COMMITTEE, unit_id=unit_id)
    await make_shift(handler, unit_id, now)
    committee = await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)
    return Care(committee, await make_actor("志愿者甲", Role.VOLUNTEER, COMMITTEE), handler)


def draft_of(now: datetime, **changes: Any) -> ElderDraft:
    today = shanghai_date(now)
    fields: dict[str, Any] = {"label": "L-0001", "risk": Risk.HIGH, "way": VisitWay.VISIT, "every_days": 1}
    consent = {"consent": Consent.SELF, "consent_on": today, "until": today + timedelta(days=365)}
    return ElderDraft(**fields | consent | changes)


async def make_elder(town: SmallTown, care: Care, now: datetime, **changes: Any) -> int:
    draft = draft_of(now, **changes)
    return await register.add(town.place_id, draft, SECRET, care.committee, seal=SEAL, now=now)
