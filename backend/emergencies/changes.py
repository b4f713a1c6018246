"""Who changed what of plans and command groups, and when: each state of one as it became, written once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.emergencies.errors import PreparationChanged, PreparationTaken, PreparationUnknown
from backend.sql import sql
from backend.structs import Read

_MOST = 50
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('preparations of ' || $1, 0))"
_OF = "plan_id IS NOT DISTINCT FROM :plan_id::bigint AND group_id IS NOT DISTINCT FROM :group_id::bigint"
_LAST = f"SELECT id, content::text AS content FROM preparation_change WHERE {_OF} ORDER BY id DESC LIMIT 1"
_RECORD = """
    INSERT INTO preparation_change (plan_id, group_id, content, changed_by_id, changed_at)
    VALUES (:plan_id, :group_id, :content::jsonb, :by, :now)
"""
_LIST = f"""
    SELECT c.id, coalesce(a.display_name, '') AS changed_by, c.changed_at, c.content::text AS content
    FROM preparation_change c LEFT JOIN account a ON a.id = c.changed_by_id
    WHERE {_OF} ORDER BY c.id DESC LIMIT {_MOST + 1}
"""


class PreparationChangeView(Read, frozen=True, kw_only=True):
    """`changed_by`: '' where a file was loaded. `fields`: what was different from before; empty for the first one."""

    id: int
    changed_by: str
    changed_at: datetime
    fields: list[str]


async def lock(area_code: str) -> None:
    """Let nobody else change what is prepared for this area until the transaction ends."""
    await db.fetchval(_LOCK, area_code)


def require_same(there: int | None, edited: int | None) -> None:
    """What has this code in the area is what is edited; of something new it is nothing. Pure.

    Raises PreparationTaken, PreparationUnknown.
    """
    if edited is None and there is not None:
        raise PreparationTaken
    if edited is not None and there != edited:
        raise PreparationUnknown


async def require_seen(seen: int, *, plan_id: int | None = None, group_id: int | None = None) -> None:
    """Raises PreparationChanged where it was changed after what was seen. What is new was seen by nobody."""
    if plan_id is None and group_id is None:
        return
    last = await db.fetchrow(sql(_LAST, plan_id=plan_id, group_id=group_id))
    if last is not None and last["id"] != seen:
        raise PreparationChanged


async def record(
    content: msgspec.Struct,
    actor: Actor | None,
    now: datetime,
    *,
    plan_id: int | None = None,
    group_id: int | None = None,
) -> None:
    """What it became, within the caller's transaction; nothing where it is as it was."""
    last = await db.fetchrow(sql(_LAST, plan_id=plan_id, group_id=group_id))
    if last is not None and not changed_fields(msgspec.json.decode(last["content"]), msgspec.to_builtins(content)):
        return
    values = {"plan_id": plan_id, "group_id": group_id, "by": actor.account_id if actor else None, "now": now}
    await db.execute(sql(_RECORD, content=msgspec.json.encode(content).decode(), **values))


async def list_changes(*, plan_id: int | None = None, group_id: int | None = None) -> list[PreparationChangeView]:
    """The latest first. It asks nobody who may know."""
    rows = await db.fetch(sql(_LIST, plan_id=plan_id, group_id=group_id))
    contents = [msgspec.json.decode(row["content"]) for row in rows]
    found = []
    for row, content, before in zip(rows, contents, [*contents[1:], None], strict=True):
        fields = changed_fields(before, content) if before is not None else []
        named = {name: row[name] for name in ("id", "changed_by", "changed_at")}
        found.append(PreparationChangeView(**named, fields=fields))
    return found[:_MOST]


def changed_fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The fields that differ, in their order. Pure."""
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]
