"""Set how long orders are offered within an area, and how many people they need."""

from collections.abc import Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend import db
from backend.sql import sql
from backend.structs import Read, Write

Priority = Literal["P1", "P2", "P3", "P4"]
_SET = """
    INSERT INTO offer_policy (area_code, item_prefix, priorities, window_min, people_needed)
    VALUES (:area_code, :item_prefix, :priorities, :window_min, :people_needed)
    ON CONFLICT ON CONSTRAINT offer_policy_once DO UPDATE
    SET window_min = EXCLUDED.window_min, people_needed = EXCLUDED.people_needed
"""
_REMOVE = """
    DELETE FROM offer_policy WHERE area_code = :area_code AND item_prefix = :item_prefix AND priorities = :priorities
    RETURNING id
"""
_LIST = """
    SELECT area_code, item_prefix, priorities, window_min, people_needed FROM offer_policy
    ORDER BY area_code, item_prefix, priorities
"""


class OfferWindow(Write, frozen=True, kw_only=True):
    """Minutes, and people. No priorities: all of them."""

    item_prefix: Annotated[str, Meta(max_length=8)] = ""
    priorities: list[Priority] = []
    window_min: Annotated[int, Meta(ge=1, le=120)]
    people_needed: Annotated[int, Meta(ge=1, le=20)] = 1


class OfferWindowView(Read, frozen=True, kw_only=True):
    area_code: str
    item_prefix: str
    priorities: list[str]
    window_min: int
    people_needed: int


async def set_window(area_code: str, window: OfferWindow) -> None:
    """Say how long orders of some kind are offered within an area; what is on offer already keeps its window."""
    said = msgspec.structs.asdict(window) | {"priorities": sorted(set(window.priorities))}
    await db.execute(sql(_SET, area_code=area_code, **said))


async def remove_window(area_code: str, item_prefix: str = "", priorities: Sequence[Priority] = ()) -> bool:
    """Let the areas above say it again. False where nothing was said."""
    which = sql(_REMOVE, area_code=area_code, item_prefix=item_prefix, priorities=sorted(set(priorities)))
    return await db.fetchval(which) is not None


async def list_windows() -> list[OfferWindowView]:
    """Everything that is said, by area and item."""
    return [OfferWindowView(**row) for row in await db.fetch(_LIST)]
