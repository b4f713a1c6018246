"""Rosters: who is on duty for a unit within an area, from when to when, on the usual list or on an emergency's."""

from datetime import datetime

from backend import db
from backend.sql import sql


async def start_shift(
    account_id: int,
    unit_id: int,
    area_code: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
    roster: str = "",
) -> None:
    """Put somebody on duty; the same shift twice is the same. `roster`: a list for an emergency that calls for it."""
    await db.execute(
        sql(
            _START,
            account_id=account_id,
            unit_id=unit_id,
            area_code=area_code,
            starts_at=starts_at,
            ends_at=ends_at,
            roster=roster,
        )
    )


async def end_shift(account_id: int, now: datetime) -> None:
    """Take somebody off duty, in every unit and area; shifts that lie ahead stay."""
    await db.execute(_END, account_id, now)


async def end_elsewhere(account_id: int, unit_id: int | None, now: datetime) -> None:
    """End the shifts for every unit but this one now; those that lie ahead never begin."""
    await db.execute(_DROP_AHEAD, account_id, unit_id, now)
    await db.execute(_END_ELSEWHERE, account_id, unit_id, now)


_START = """
INSERT INTO duty_shift (account_id, unit_id, area_code, starts_at, ends_at, roster)
VALUES (:account_id, :unit_id, :area_code, :starts_at, :ends_at, :roster)
ON CONFLICT ON CONSTRAINT duty_shift_starts_once DO UPDATE SET ends_at = EXCLUDED.ends_at
"""
_END = """
UPDATE duty_shift SET ends_at = $2
WHERE account_id = $1 AND starts_at < $2 AND (ends_at IS NULL OR ends_at > $2)
"""
_DROP_AHEAD = "DELETE FROM duty_shift WHERE account_id = $1 AND unit_id IS DISTINCT FROM $2 AND starts_at >= $3"
_END_ELSEWHERE = """
UPDATE duty_shift SET ends_at = $3
WHERE account_id = $1 AND unit_id IS DISTINCT FROM $2 AND (ends_at IS NULL OR ends_at > $3)
"""
