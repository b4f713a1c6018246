"""Hold both ledgers against the facts: each row has its fact, each fact its row, and the rules give the same."""

from typing import Any

import msgspec

from backend import db
from backend.events import queries as log
from backend.structs import Read
from grab_orders.ledgers.replay import NAMES, Replay, Row

_BATCH = 5000
_SHOWN = 20
_HOURS = "SELECT * FROM hours_entry"
_POINTS = "SELECT * FROM points_entry"


class LedgerAudit(Read, frozen=True, kw_only=True):
    """What came of holding the ledgers against the facts. `differences`: the first of them, for an operator."""

    hours: int
    points: int
    is_whole: bool
    """False where months of the log are archived: rows of that time have no facts to be held against."""
    different: int
    differences: list[str]


async def audit() -> LedgerAudit:
    """Work both ledgers out from the log and compare them row by row. Reads all of both; for a quiet hour."""
    async with db.transaction():
        await db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        replayed = await replay_log()
        hours, points = await _rows(_HOURS), await _rows(_POINTS)
        is_whole = not await log.is_archived_in_part()
    found = [
        *_differences("hours_entry", hours, replayed.hours),
        *_differences("points_entry", points, replayed.points),
    ]
    return LedgerAudit(
        hours=len(hours), points=len(points), is_whole=is_whole, different=len(found), differences=found[:_SHOWN]
    )


async def replay_log() -> Replay:
    """Both ledgers as the facts in the log give them."""
    replayed, last_id = Replay(), 0
    while batch := await log.list_named(NAMES, last_id, _BATCH):
        replayed.take(batch)
        last_id = batch[-1].id
    return replayed


async def _rows(statement: str) -> dict[int, Row]:
    return {row["id"]: dict(row) for row in await db.fetch(statement)}


def _differences(table: str, stored: dict[int, Row], replayed: dict[int, Row]) -> list[str]:
    found = []
    for entry_id in sorted(stored.keys() | replayed.keys()):
        row, again = stored.get(entry_id), replayed.get(entry_id)
        if row is None or again is None:
            found.append(f"{table} {entry_id}: {'no row' if row is None else 'no fact'}")
        elif row != again:
            fields = {name: (row.get(name), again.get(name)) for name in row if row.get(name) != again.get(name)}
            found.append(f"{table} {entry_id}: {_said(fields)}")
    return found


def _said(fields: dict[str, Any]) -> str:
    return msgspec.json.encode(fields).decode()
