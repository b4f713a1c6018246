"""Subscribe to the weekly analysis of an area, or no more. Whether somebody may still read it is asked when it is
sent: a right that ended ends nothing here, and comes back with the right."""

from collections.abc import Collection
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.indicators.access import require_area

_SUBSCRIBE = """
    INSERT INTO weekly_subscription (account_id, area_code, subscribed_at) VALUES ($1, $2, $3)
    ON CONFLICT ON CONSTRAINT weekly_subscription_once DO NOTHING
"""
_END = "DELETE FROM weekly_subscription WHERE account_id = $1 AND area_code = $2"
_IS = "SELECT EXISTS (SELECT FROM weekly_subscription WHERE account_id = $1 AND area_code = $2)"
_OF = "SELECT area_code, account_id FROM weekly_subscription WHERE area_code = ANY($1::text[]) ORDER BY id"


async def subscribe(area_code: str, actor: Actor, now: datetime) -> None:
    """Subscribing twice is the same. Raises NotYourIndicators."""
    await db.execute(_SUBSCRIBE, actor.account_id, require_area(actor, area_code), now)


async def unsubscribe(area_code: str, actor: Actor) -> None:
    """Also from what the actor may read no more."""
    await db.execute(_END, actor.account_id, area_code)


async def is_subscribed(area_code: str, actor: Actor) -> bool:
    return await db.fetchval(_IS, actor.account_id, area_code)


async def list_subscribers(areas: Collection[str]) -> dict[str, list[int]]:
    """By area, whoever subscribed to it, also those who lost their right since."""
    found: dict[str, list[int]] = {area: [] for area in areas}
    for row in await db.fetch(_OF, list(found)):
        found[row["area_code"]].append(row["account_id"])
    return found
