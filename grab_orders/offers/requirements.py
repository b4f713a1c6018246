"""What items ask of whoever grabs an order about them, and what it is worth. It holds for the next offers."""

from typing import Annotated

import msgspec
from msgspec import Meta

from backend import db
from backend.sql import sql
from backend.structs import Write
from grab_orders.people.structs import Skill

_SET = """
    INSERT INTO item_requirement (item_prefix, skill, is_adults_only, points)
    VALUES (:item_prefix, :skill, :is_adults_only, :points)
    ON CONFLICT (item_prefix) DO UPDATE
    SET skill = EXCLUDED.skill, is_adults_only = EXCLUDED.is_adults_only, points = EXCLUDED.points
"""
_LIST = "SELECT item_prefix, skill, is_adults_only, points FROM item_requirement ORDER BY item_prefix"


class Requirement(Write, frozen=True, kw_only=True):
    """Of an item, or of all whose codes begin alike; the longest beginning holds, and only it."""

    item_prefix: Annotated[str, Meta(pattern="^[A-Z][0-9]{0,3}$")]
    skill: Skill | None = None
    is_adults_only: bool = False
    points: Annotated[int, Meta(ge=0, le=1000)] | None = None
    """Instead of what the priority gives."""


async def set_requirement(requirement: Requirement) -> None:
    """Lay it down, in place of what was asked before; offers that are there keep what they were born with."""
    values = msgspec.structs.asdict(requirement) | {"skill": requirement.skill.value if requirement.skill else ""}
    await db.execute(sql(_SET, **values))


async def remove_requirement(item_prefix: str) -> bool:
    """Let the shorter beginning say it again. False where nothing was said."""
    removed = "DELETE FROM item_requirement WHERE item_prefix = $1 RETURNING item_prefix"
    return await db.fetchval(removed, item_prefix) is not None


async def list_requirements() -> list[Requirement]:
    """Everything that is asked, by item."""
    return [msgspec.convert({**row, "skill": row["skill"] or None}, Requirement) for row in await db.fetch(_LIST)]
