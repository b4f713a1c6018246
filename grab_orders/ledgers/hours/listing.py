"""Hours as people read them: one's own, what waits for one's committee, and what was settled there."""

import asyncpg
import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.sql import Sql, sql
from backend.structs import Page, encode_cursor, id_before
from grab_orders.ledgers.structs import HoursLine
from grab_orders.people import queries as people

_LINES = """
    SELECT w.id, w.account_id, w.source, w.order_id, w.number, w.title_zh, w.title_en, w.on_date, w.started_at,
           w.ended_at, w.minutes, coalesce(r.kind, c.kind, w.kind) AS state,
           CASE WHEN r.id IS NULL THEN coalesce(c.counted, 0) ELSE 0 END AS counted, coalesce(r.reason, '') AS reason
    FROM hours_entry w
    LEFT JOIN hours_entry c ON c.refers_to_id = w.id AND c.kind = 'confirmed'
    LEFT JOIN hours_entry r ON r.refers_to_id = w.id AND r.kind = 'reversed'
    WHERE w.kind = 'worked' AND {of_whom} AND {which} AND w.id < :before
    ORDER BY w.id DESC LIMIT :limit
"""
_WAITING = "r.id IS NULL AND c.id IS NULL AND w.minutes > 0"
_SETTLED = "(r.id IS NOT NULL OR c.id IS NOT NULL)"
_COUNT_WAITING = f"""
    SELECT count(*) FROM hours_entry w
    LEFT JOIN hours_entry c ON c.refers_to_id = w.id AND c.kind = 'confirmed'
    LEFT JOIN hours_entry r ON r.refers_to_id = w.id AND r.kind = 'reversed'
    WHERE w.kind = 'worked' AND {{of_whom}} AND {_WAITING}
"""


async def list_own(account_id: int, *, limit: int, cursor: str | None = None) -> Page[HoursLine]:
    """What somebody did, the latest first. Raises BadRequest for a cursor that is none."""
    return await _list(sql("w.account_id = :account_id", account_id=account_id), "true", limit, cursor)


async def list_of_committees(by: Actor, *, waiting: bool, limit: int, cursor: str | None = None) -> Page[HoursLine]:
    """What volunteers of one's own committees did: what waits to be confirmed, or what was settled."""
    return await _list(of_committees(by), _WAITING if waiting else _SETTLED, limit, cursor)


async def count_waiting(by: Actor) -> int:
    """How many entries wait for this member of a committee."""
    return await db.fetchval(sql(_COUNT_WAITING, of_whom=of_committees(by)))


def of_committees(by: Actor) -> Sql:
    """Condition on `hours_entry w`: of a volunteer of one's own committees."""
    return within_any("w.committee_code", areas_of(by, Permission.KEEP_VOLUNTEERS), "committee")


async def _list(of_whom: Sql, which: str, limit: int, cursor: str | None) -> Page[HoursLine]:
    before = id_before(cursor)
    rows = await db.fetch(sql(_LINES, of_whom=of_whom, which=Sql(which), before=before, limit=limit + 1))
    shown = rows[:limit]
    names = await people.list_masked_names([row["account_id"] for row in shown])
    items = [_line(row, names) for row in shown]
    return Page(items=items, next_cursor=encode_cursor(items[-1].id) if len(rows) > limit else None)


def _line(row: asyncpg.Record, names: dict[int, str]) -> HoursLine:
    return msgspec.convert({**row, "masked_name": names.get(row["account_id"], "")}, HoursLine)
