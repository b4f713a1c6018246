"""Reads of numbers: the own one, masked, by the tracking link; and which orders of the call-back list have one."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.orders.model.states import State
from backend.orders.model.verdicts import first_reporter
from backend.privacy.phones import mask_phone
from backend.privacy.seals import Seal
from backend.reports.call_back_numbers import rules
from backend.reports.call_back_numbers.structs import NumberOnList, NumberStanding, OwnNumber
from backend.reports.errors import TrackingUnknown
from backend.reports.queries import OF_CASE

_OWN = f"""
    SELECT o.state, o.closed_at, {first_reporter("o")} = r.reporter_id AS is_first, n.*,
           opened.opened_count, opened.opened_at
    {OF_CASE} JOIN work_order o ON o.id = survivor.id
    LEFT JOIN LATERAL (
        SELECT id, number, consent, answered_at, end_reason FROM call_back_number
        WHERE report_id = r.id ORDER BY id DESC LIMIT 1
    ) n ON true
    LEFT JOIN LATERAL (
        SELECT count(*) AS opened_count, max(opened_at) AS opened_at FROM call_back_opening WHERE number_id = n.id
    ) opened ON true
    WHERE r.tracking_token = $1
"""
_ON_LIST = f"""
    SELECT o.id AS order_id, opened.opened_count, opened.opened_at, opened.opened_by
    FROM work_order o
    LEFT JOIN report r ON r.order_id = o.id AND r.reporter_id = {first_reporter("o")}
    LEFT JOIN call_back_number n ON n.report_id = r.id AND n.number IS NOT NULL
    LEFT JOIN account a ON a.id = {first_reporter("o")}
    LEFT JOIN LATERAL (
        SELECT count(*) OVER () AS opened_count, c.opened_at, by.display_name AS opened_by
        FROM call_back_opening c JOIN account by ON by.id = c.account_id
        WHERE c.order_id = o.id ORDER BY c.id DESC LIMIT 1
    ) opened ON true
    WHERE o.id = ANY($1::bigint[]) AND (n.id IS NOT NULL OR a.phone <> '')
"""


def about(number_id: int) -> str:
    """What a number is sealed about."""
    return f"call_back_number.number:{number_id}"


async def get_own_number(token: str, seal: Seal, now: datetime, *, is_sealed: bool) -> OwnNumber:
    """The answer of whoever holds the link, and whether one is asked for. Raises TrackingUnknown.

    `is_sealed`: who reported it is not to be known, so nobody calls.
    """
    row = await db.fetchrow(_OWN, token)
    if row is None:
        raise TrackingUnknown
    state, is_first = State(row["state"]), bool(row["is_first"])
    return OwnNumber(
        standing=_standing(row),
        is_offered=rules.is_offered(state, row["closed_at"], now, is_first=is_first, is_sealed=is_sealed),
        masked=mask_phone(seal.open(row["number"], about(row["id"]))) if row["number"] else "",
        consent=row["consent"],
        answered_at=row["answered_at"],
        opened_count=row["opened_count"],
        opened_at=row["opened_at"],
    )


async def list_on_call_list(order_ids: Sequence[int]) -> dict[int, NumberOnList]:
    """Those of these orders whose reporter can be called. Whoever asks has been found to see the orders."""
    rows = await db.fetch(_ON_LIST, list(order_ids)) if order_ids else []
    return {
        row["order_id"]: NumberOnList(
            opened_count=row["opened_count"] or 0, opened_by=row["opened_by"], opened_at=row["opened_at"]
        )
        for row in rows
    }


def _standing(row: asyncpg.Record) -> NumberStanding:
    if row["id"] is None:
        return NumberStanding.OPEN
    if row["number"] is not None:
        return NumberStanding.LEFT
    if row["end_reason"] == "term":
        return NumberStanding.ERASED
    return NumberStanding.WITHDRAWN if row["end_reason"] == "withdrawn" else NumberStanding.DECLINED
