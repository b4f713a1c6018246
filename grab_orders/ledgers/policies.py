"""What applies to a committee: the rules of the longest area prefix that has any, else those of the product."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from backend import db
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor, Role
from backend.sql import sql
from grab_orders.ledgers.errors import RewardAreaInvalid
from grab_orders.ledgers.structs import RewardRules, SetRewardRules

_NAMES = RewardRules.__struct_fields__
_ADMINS = (Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_FIND = f"""
    SELECT {", ".join(_NAMES)} FROM reward_policy WHERE area_code = ANY($1::text[])
    ORDER BY length(area_code) DESC LIMIT 1
"""
_SET = f"""
    INSERT INTO reward_policy (area_code, {", ".join(_NAMES)}, set_by_id, set_at)
    VALUES (:area_code, {", ".join(f":{name}" for name in _NAMES)}, :by, :now)
    ON CONFLICT (area_code) DO UPDATE
    SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _NAMES)}, set_by_id = EXCLUDED.set_by_id,
        set_at = EXCLUDED.set_at
"""


async def find_rules(area_code: str) -> RewardRules:
    """The rules that apply within an area."""
    row = await db.fetchrow(_FIND, prefixes(area_code))
    return RewardRules(**row) if row else RewardRules()


async def find_rules_of(area_codes: Collection[str]) -> dict[str, RewardRules]:
    """The same for several areas."""
    return {area_code: await find_rules(area_code) for area_code in set(area_codes)}


async def set_rules(area_code: str, rules: SetRewardRules, by: Actor, now: datetime) -> None:
    """Lay down the rules of a town or committee from now on; what was entered before stays as it is.

    Raises RewardAreaInvalid for an area that the actor does not administer.
    """
    if not by.holds(area_code, *_ADMINS):
        raise RewardAreaInvalid(area=area_code)
    given = msgspec.structs.asdict(rules)
    await db.execute(sql(_SET, area_code=area_code, by=by.account_id, now=now, **given))
