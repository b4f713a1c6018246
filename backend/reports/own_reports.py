"""What one phone or person has reported: for the page on which they begin, and for the list of a phone's app."""

from datetime import datetime

import asyncpg

from backend import db
from backend.orders.deadlines.overdue import PROMISED_BY
from backend.orders.model.names import ItemName
from backend.orders.model.states import State
from backend.orders.model.verdicts import own_rating
from backend.reports.queries import OF_CASE
from backend.structs import Page, Read, encode_cursor, id_before

_MOST = 5
_OWN = f"""
    SELECT r.id, r.client_id, r.tracking_token, r.order_id, r.received_at, own.number, o.state, o.closed_at,
           CASE WHEN o.id <> own.id THEN o.number END AS merged_into, {PROMISED_BY} AS promised_by,
           o.state = '{State.CLOSED}' AND {own_rating("o", "r.reporter_id")} IS NULL AS may_rate,
           i.code, i.name_zh, i.name_en, coalesce(nullif(p.address, ''), p.name, '') AS place
    {OF_CASE} JOIN work_order o ON o.id = survivor.id JOIN item i ON i.code = o.item_id
    LEFT JOIN place p ON p.id = own.place_id
    WHERE r.id = ANY (ARRAY(SELECT id FROM report WHERE reporter_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3))
    ORDER BY r.id DESC
"""
_PLAIN = (
    *("client_id", "tracking_token", "order_id", "number", "merged_into", "place"),
    *("received_at", "promised_by", "closed_at", "may_rate"),
)


class OwnReport(Read, frozen=True, kw_only=True):
    """A report as its reporter finds it again; the token opens its tracking page."""

    client_id: str
    """What the phone that sent it called it."""
    tracking_token: str
    order_id: int
    number: str
    merged_into: str | None
    """The number of the order as which it goes on; state and limit are that one's."""
    item: ItemName
    place: str
    state: State
    received_at: datetime
    promised_by: datetime | None
    """By when the work is to be done; None once it is done, and while the clock stands still."""
    closed_at: datetime | None
    may_rate: bool


async def count_own(reporter_id: int) -> int:
    """How many reports this account has ever filed."""
    return await db.fetchval("SELECT count(*) FROM report WHERE reporter_id = $1", reporter_id)


async def list_own(reporter_id: int, *, limit: int = _MOST, cursor: str | None = None) -> Page[OwnReport]:
    """This account's reports, the latest first; complaints under a pseudonym are not among them.

    Raises BadRequest for a foreign cursor.
    """
    rows = await db.fetch(_OWN, reporter_id, id_before(cursor), limit + 1)
    following = encode_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
    return Page(items=[_report(row) for row in rows[:limit]], next_cursor=following)


def _report(row: asyncpg.Record) -> OwnReport:
    item = ItemName(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"])
    return OwnReport(**{name: row[name] for name in _PLAIN}, item=item, state=State(row["state"]))
