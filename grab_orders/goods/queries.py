"""Reads of the points shop: what there is for whom, and who exchanged what."""

from collections.abc import Sequence

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.scope import prefixes
from backend.accounts.structs import Actor, Role
from backend.geo.area_sql import within_any
from backend.sql import Sql, sql
from grab_orders.goods.errors import ExchangeUnknown
from grab_orders.goods.structs import ExchangeState, ExchangeView, GoodsView
from grab_orders.people import queries as people

_COLUMNS = "id, area_code, name_zh, name_en, points, stock, is_on"
_OFFERED = f"""
    SELECT {_COLUMNS} FROM reward_goods WHERE area_code = ANY($1::text[]) AND is_on ORDER BY stock = 0, points, id
"""
_OF_KEEPER = f"SELECT {_COLUMNS} FROM reward_goods WHERE {{within}} ORDER BY NOT is_on, area_code, points, id"
_EXCHANGES = """
    SELECT x.id, x.account_id, g.name_zh, g.name_en, x.points, x.state, x.reserved_at, x.ended_at, x.reason
    FROM exchange x JOIN reward_goods g ON g.id = x.reward_goods_id WHERE {which} ORDER BY x.id DESC LIMIT :limit
"""


async def list_goods(actor: Actor) -> list[GoodsView]:
    """What is given where somebody is a volunteer; what is there first, the cheapest first."""
    areas = {prefix for area in actor.areas_of(Role.VOLUNTEER) for prefix in prefixes(area)}
    return [_goods(row) for row in await db.fetch(_OFFERED, sorted(areas))]


async def list_managed(by: Actor) -> list[GoodsView]:
    """All goods of the areas that the actor keeps, also those that are not given any more."""
    within = within_any("area_code", areas_of(by, Permission.REVIEW_REWARDS), "area")
    rows = await db.fetch(sql(_OF_KEEPER, within=within))
    return [_goods(row) for row in rows]


async def list_own_exchanges(account_id: int, limit: int) -> list[ExchangeView]:
    """What somebody exchanged, the latest first."""
    return await _exchanges(sql("x.account_id = :account_id", account_id=account_id), limit)


async def get_own_exchange(exchange_id: int, account_id: int) -> ExchangeView:
    """One of somebody's exchanges. Raises ExchangeUnknown."""
    which = sql("x.id = :exchange_id AND x.account_id = :account_id", exchange_id=exchange_id, account_id=account_id)
    found = await _exchanges(which, 1)
    if not found:
        raise ExchangeUnknown
    return found[0]


async def list_exchanges(by: Actor, state: ExchangeState, limit: int) -> list[ExchangeView]:
    """Exchanges of volunteers of one's own committees in a state, the latest first."""
    within = within_any("x.committee_code", areas_of(by, Permission.KEEP_VOLUNTEERS), "committee")
    return await _exchanges(sql("{within} AND x.state = :state", within=within, state=state.value), limit)


async def _exchanges(which: Sql, limit: int) -> list[ExchangeView]:
    rows: Sequence[asyncpg.Record] = await db.fetch(sql(_EXCHANGES, which=which, limit=limit))
    names = await people.list_masked_names([row["account_id"] for row in rows])
    return [msgspec.convert({**row, "masked_name": names[row["account_id"]]}, ExchangeView) for row in rows]


def _goods(row: asyncpg.Record) -> GoodsView:
    return msgspec.convert(dict(row), GoodsView)
