"""Confirmed hours as 上海志愿者网 takes them: name, digest of the identity number, project, date, start, end, hours.

The digest is the SHA-256 of the number as it stands on the card, so that whoever has the number finds the line; it
hides a number from a glance and not from a search, so that a file is personal data as a whole. Each is a fact.
"""

import hashlib
from collections.abc import Mapping
from datetime import date, datetime

import asyncpg

from backend import db
from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.geo.area_sql import within_any
from backend.privacy.seals import Seal
from backend.sql import sql
from backend.structs import Read
from grab_orders.ledgers.events import HoursExported
from grab_orders.people import sealed_names

ROWS_MOST = 20_000
"""Of a file: a month of a district."""
_CONFIRMED = """
    SELECT c.account_id, c.title_zh, c.on_date, c.started_at, c.ended_at, c.counted FROM hours_entry c
    WHERE c.kind = 'confirmed' AND c.counted > 0 AND {within} AND c.on_date >= :first AND c.on_date < :after
      AND NOT EXISTS (SELECT FROM hours_entry r WHERE r.refers_to_id = c.refers_to_id AND r.kind = 'reversed')
    ORDER BY c.account_id, c.started_at, c.id LIMIT :most
"""


class ExportedHours(Read, frozen=True, kw_only=True):
    """One line. Name and digest are empty where they have been deleted. `minutes`: those that count."""

    name: str
    id_digest: str
    project: str
    on_date: date
    started_at: datetime
    ended_at: datetime
    minutes: int


async def export_month(month: date, by: Actor, seal: Seal, now: datetime) -> list[ExportedHours]:
    """What was confirmed of the days of a month within the areas that the actor looks after, ROWS_MOST at most.

    `month`: its first day.
    """
    areas = areas_of(by, Permission.REVIEW_REWARDS)
    span = {"first": month, "after": _next(month), "most": ROWS_MOST}
    async with db.transaction():
        rows = await db.fetch(sql(_CONFIRMED, within=within_any("c.committee_code", areas, "area"), **span))
        known = await sealed_names.open_for_export({row["account_id"] for row in rows}, seal)
        who = {"subject_id": by.account_id, "account_ids": (by.account_id,)}
        await events.record(HoursExported(month=month, rows=len(rows), at=now, **who))
    return [_line(row, known) for row in rows]


def _line(row: asyncpg.Record, known: Mapping[int, tuple[str, str]]) -> ExportedHours:
    name, number = known.get(row["account_id"], ("", ""))
    return ExportedHours(
        name=name,
        id_digest=hashlib.sha256(number.encode()).hexdigest() if number else "",
        project=row["title_zh"],
        on_date=row["on_date"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        minutes=row["counted"],
    )


def _next(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
