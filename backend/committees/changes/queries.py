"""Reads of requests, cut by the areas in which the reader has to do with them."""

import msgspec

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.committees.changes.errors import ChangeUnknown
from backend.committees.changes.structs import DutyChangeRead, DutyChangeState, OpenChange
from backend.geo.area_sql import outermost, within_any
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor

# What a request has of its list is looked up row by row: a page has few requests, and lists have many versions.
_SELECT = """
    SELECT c.id, c.committee_code, coalesce(a.name, c.committee_code) AS committee, c.template_id, t.name_zh,
        t.name_en, c.kind, c.base_version, c.rrule, c.starts_on, c.valid_from, c.reason, c.state,
        asker.display_name AS requested_by, c.requested_by_id, c.requested_at,
        decider.display_name AS decided_by, c.decided_at, c.refusal,
        (SELECT b.rrule FROM duty_entry b WHERE b.committee_code = c.committee_code
            AND b.template_id = c.template_id AND b.version = c.base_version) AS rrule_before,
        (SELECT e.id FROM duty_entry e WHERE e.change_id = c.id) AS entry_id
    FROM duty_change c JOIN task_template t ON t.id = c.template_id
    JOIN account asker ON asker.id = c.requested_by_id
    LEFT JOIN account decider ON decider.id = c.decided_by_id
    LEFT JOIN area a ON a.code = c.committee_code
"""
_ONE = _SELECT + "WHERE c.id = :id AND {seen}"
_LIST = (
    _SELECT
    + """WHERE {seen} AND {within} AND (:state = '' OR c.state = :state)
      AND (:template_id = 0 OR c.template_id = :template_id) AND {beyond}
    ORDER BY c.requested_at DESC, c.id DESC LIMIT :most
"""
)
_OPEN = """
    SELECT c.id, c.template_id, c.kind, t.name_zh, t.name_en
    FROM duty_change c JOIN task_template t ON t.id = c.template_id
    WHERE c.committee_code = $1 AND c.state = 'open' ORDER BY c.requested_at, c.id
"""
_COUNT = "SELECT count(*) FROM duty_change c WHERE c.state = 'open' AND {seen}"


async def get_change(change_id: int, actor: Actor) -> DutyChangeRead:
    """Raises ChangeUnknown, also for one outside of the actor's areas."""
    row = await db.fetchrow(sql(_ONE, id=change_id, seen=_seen(actor)))
    if row is None:
        raise ChangeUnknown
    return msgspec.convert(dict(row), DutyChangeRead)


async def list_changes(
    actor: Actor,
    *,
    area_code: str = "",
    state: DutyChangeState | None = None,
    template_id: int = 0,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[DutyChangeRead]:
    """Requests within an area, the latest first. Raises BadRequest for a foreign cursor."""
    beyond = Sql("true")
    if cursor is not None:
        at, last_id = decode_cursor(cursor, str, int)
        beyond = Sql("(c.requested_at, c.id) < (:at::text::timestamptz, :last_id)", {"at": at, "last_id": last_id})
    statement = sql(
        _LIST,
        seen=_seen(actor),
        within=within_any("c.committee_code", [area_code], "within"),
        state=state.value if state else "",
        template_id=template_id,
        beyond=beyond,
        most=limit + 1,
    )
    rows = [msgspec.convert(dict(row), DutyChangeRead) for row in await db.fetch(statement)]
    more = rows[limit - 1] if len(rows) > limit else None
    next_cursor = encode_cursor(more.requested_at.isoformat(), more.id) if more else None
    return Page(items=rows[:limit], next_cursor=next_cursor)


async def list_open(committee_code: str) -> list[OpenChange]:
    """What a committee asked for and has no answer to yet, the earliest first."""
    return [msgspec.convert(dict(row), OpenChange) for row in await db.fetch(_OPEN, committee_code)]


async def count_open(actor: Actor) -> int:
    """How many requests within the actor's areas wait for an answer."""
    return await db.fetchval(sql(_COUNT, seen=_seen(actor)))


def _seen(actor: Actor) -> Sql:
    return within_any("c.committee_code", outermost(areas_of(actor, Permission.READ_OVERVIEW)), "seen")
