"""Who is to hear that something can be grabbed nearby: whoever is on call there and may take it now.

Asked when the news goes out, so that nobody is called for what is gone by then, however late that is.
"""

from collections.abc import Iterable
from datetime import datetime

from backend import db
from backend.duty import queries as duty
from backend.structs import Read
from grab_orders.offers import rules

_OPEN = """
    SELECT f.id, f.item_id AS item_code, i.name_zh, i.name_en, f.block_label AS block, f.area_code, f.priority, f.skill,
           f.points, f.closes_at, f.respond_by,
           f.reporter_ids
               || array(SELECT t.account_id FROM take t WHERE t.offer_id = f.id AND t.state <> 'ended') AS not_for
    FROM offer f JOIN item i ON i.code = f.item_id
    WHERE f.id = ANY($1::bigint[]) AND f.state = 'open' AND f.closes_at > $2
"""
_BUSY = """
    SELECT account_id FROM take WHERE account_id = ANY($1::bigint[]) AND state IN ('held', 'arrived')
    GROUP BY account_id HAVING count(*) >= $3
    UNION
    SELECT account_id FROM grabber WHERE account_id = ANY($1::bigint[]) AND cools_until > $2
"""


class OfferAlert(Read, frozen=True, kw_only=True):
    """An open offer, as those may read it who can take it, and who they are."""

    offer_id: int
    account_ids: list[int]
    name_zh: str
    name_en: str
    block: str
    priority: str
    points: int
    closes_at: datetime
    respond_by: datetime


async def list_alerts(offer_ids: Iterable[int], now: datetime) -> dict[int, OfferAlert]:
    """By offer; without those that nobody may take any more."""
    rows = await db.fetch(_OPEN, list(offer_ids), now)
    on_call = await duty.list_on_call_in({row["area_code"] for row in rows}, now)
    people = {person.account_id for there in on_call.values() for person in there}
    busy = {row["account_id"] for row in await db.fetch(_BUSY, list(people), now, rules.OPEN_ORDERS_MAX)}
    fields = ("name_zh", "name_en", "block", "priority", "points", "closes_at", "respond_by")
    return {
        row["id"]: OfferAlert(
            offer_id=row["id"],
            account_ids=sorted(
                person.account_id
                for person in on_call[row["area_code"]]
                if person.account_id not in busy.union(row["not_for"])
                and (not row["skill"] or row["skill"] in person.skills)
            ),
            **{name: row[name] for name in fields},
        )
        for row in rows
    }
