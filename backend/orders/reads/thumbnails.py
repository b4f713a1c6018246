"""The first photo of each order of a list, as far as its reader is shown photos of it: one statement for a page.

That of whoever reported it, where the reader may see that one, else the first that they may: never one of an order that
is not there for them, and to a reporter none of another reporter's that nobody has released.
"""

from collections.abc import Iterable
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.states import Transition
from backend.orders.model.visibility import audience_to
from backend.sql import Sql, sql
from media import queries as media
from media.structs import Audience, Thumb

_REPORTING = f"'{Transition.OPEN}', '{Transition.JOIN}'"
_STEPS = f"""
    SELECT s.id, CASE WHEN listed.audience = '{Audience.REPORTER}' AND s.move IN ({_REPORTING})
                       AND s.actor_id IS DISTINCT FROM :reader::bigint
                      THEN '{Audience.PUBLIC}' ELSE listed.audience END AS audience
      FROM order_step s WHERE s.order_id = listed.id AND s.at >= listed.opened_at
"""
_FIRST = f"""
    SELECT listed.id AS order_id, first.id, first.link_version
      FROM (SELECT o.id, o.opened_at, {{audience}} AS audience
              FROM work_order o WHERE o.id = ANY(:order_ids::bigint[]) AND NOT {{sealed}}) listed
     CROSS JOIN LATERAL ({media.first_shown(_STEPS)}) first
     WHERE listed.audience <> '{Audience.PUBLIC}'
"""


async def find_thumbs(order_ids: Iterable[int], reader: Actor, now: datetime, *, sealed: Sql) -> dict[int, str]:
    """The links to these photos in their small size, by order; nothing for an order without one.

    `sealed`: which orders (`o`) are shown without photos in lists, whoever reads.
    """
    ids = sorted(set(order_ids))
    if not ids:
        return {}
    audience = audience_to(reader)
    rows = await db.fetch(sql(_FIRST, audience=audience, sealed=sealed, reader=reader.account_id, order_ids=ids))
    return {row["order_id"]: media.thumb_url(Thumb(row["id"], row["link_version"]), now) for row in rows}
