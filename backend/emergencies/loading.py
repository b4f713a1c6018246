"""Plans and command groups out of a file of JSON: what a town prepares in quiet times."""

from datetime import datetime
from pathlib import Path

import msgspec

from backend import db
from backend.emergencies import groups, plans
from backend.emergencies.groups import GroupDraft
from backend.emergencies.plans import PlanDraft
from backend.structs import Read, Write

STANDARD = Path(__file__).with_name("standard.json")
"""The plans that ship: a town begins with them and sets its own."""


class Preparations(Write, frozen=True, kw_only=True):
    plans: list[PlanDraft] = []
    groups: list[GroupDraft] = []


class PreparationsLoaded(Read, frozen=True, kw_only=True):
    plans: int
    groups: int


async def load(text: bytes, area_code: str, now: datetime) -> PreparationsLoaded:
    """All of a file, or nothing. Raises ValidationError for what it cannot say, CommandMemberUnknown."""
    said = msgspec.json.decode(text, type=Preparations)
    async with db.transaction():
        await plans.set_plans(area_code, said.plans, now)
        for group in said.groups:
            await groups.set_group(area_code, group, None, now)
    return PreparationsLoaded(plans=len(said.plans), groups=len(said.groups))
