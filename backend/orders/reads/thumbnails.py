"""The first photo of each order of a list, as far as its reader is shown photos of it: one statement for a page.

That of whoever reported it, where the reader may see that one, else the first that they may: never one of an order that
is not there for them, and to a reporter none of another reporter's that nobody has released.
"""

from collections.abc import Iterable
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.states import Transition
from backend.orders.model.visibility import audience_to
from backend.sql import Sql, sql
from media import queries as media
from media.structs import Audience, Thumb

_REPORTING = f"'{Transition.OPEN}', '{Transition.JOIN}'"
_STEPS = f"""
    SELECT s.id, CASE WHEN reader.audience = '{Audience.REPORTER}' AND s.move IN ({_REPORTING})
                       AND s.actor_id IS DISTINCT FROM :reader::bigint
                      THEN '{Audience.PUBLIC}' ELSE reader.audience END AS audience
      FROM order_step s WHERE s.order_id = o.id AND s.at >= o.opened_at
"""
_THUMB = f"""(
    SELECT json_build_array(first.id, first.link_version)
      FROM (SELECT {{audience}} AS audience) reader CROSS JOIN LATERAL ({media.first_shown(_STEPS)}) first
     WHERE reader.audience <> '{Audience.PUBLIC}' AND NOT {{sealed}}
)"""
_FIND = "SELECT o.id, {thumb} AS thumb FROM work_order o WHERE o.id = ANY(:order_ids::bigint[])"


def thumb_of(reader: Actor, *, sealed: Sql) -> Sql:
    """SQL of the photo of `work_order o` as JSON, or null. `sealed`: which orders are shown without, whoever reads."""
    return sql(_THUMB, audience=audience_to(reader), sealed=sealed, reader=reader.account_id)


def links_of(rows: Iterable[asyncpg.Record], now: datetime) -> dict[int, str]:
    """The links to the photos of rows with `id` and `thumb`, by order; nothing for an order without one."""
    found = ((row["id"], row["thumb"]) for row in rows if row["thumb"] is not None)
    return {order_id: media.thumb_url(msgspec.json.decode(thumb, type=Thumb), now) for order_id, thumb in found}


async def find_thumbs(order_ids: Iterable[int], reader: Actor, now: datetime, *, sealed: Sql) -> dict[int, str]:
    """The links to these photos in their small size, by order; nothing for an order without one."""
    ids = sorted(set(order_ids))
    if not ids:
        return {}
    return links_of(await db.fetch(sql(_FIND, thumb=thumb_of(reader, sealed=sealed), order_ids=ids)), now)
