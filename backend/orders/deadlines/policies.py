"""Set the minutes of an item's stages within an area, where they differ from the dictionary's."""

from typing import Annotated

import msgspec
from msgspec import Meta

from backend import db
from backend.events import service as events
from backend.items.errors import ItemUnknown
from backend.orders.model.events import LimitsChanged
from backend.sql import sql
from backend.structs import Write

Minutes = Annotated[int, Meta(gt=0, le=525_600)]
_SET = """
    INSERT INTO sla_policy (area_code, item_id, respond_min, arrive_min, safe_min, resolve_min, verify_min)
    SELECT :area_code, code, :respond_min, :arrive_min, :safe_min, :resolve_min, :verify_min
    FROM item WHERE code = :item_code
    ON CONFLICT (item_id, area_code) DO UPDATE SET respond_min = EXCLUDED.respond_min,
        arrive_min = EXCLUDED.arrive_min, safe_min = EXCLUDED.safe_min, resolve_min = EXCLUDED.resolve_min,
        verify_min = EXCLUDED.verify_min
    RETURNING id
"""


class LimitsInput(Write):
    """Minutes by stage on the item's clock; None is what the areas above, and in the end the dictionary, say."""

    respond_min: Minutes | None = None
    arrive_min: Minutes | None = None
    safe_min: Minutes | None = None
    resolve_min: Minutes | None = None
    verify_min: Minutes | None = None


async def set_policy(item_code: str, area_code: str, policy: LimitsInput) -> None:
    """Replace what an area says about an item; open orders are counted anew by a job. Raises ItemUnknown."""
    minutes = msgspec.structs.asdict(policy)
    async with db.transaction():
        if await db.fetchval(sql(_SET, area_code=area_code, item_code=item_code, **minutes)) is None:
            raise ItemUnknown(item_code)
        await events.record(LimitsChanged(area_code=area_code, item_code=item_code))
