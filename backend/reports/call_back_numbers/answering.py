"""Leave a number, say no, or take the number back. One report has one answer; the same said twice changes nothing."""

from datetime import datetime

import asyncpg

from backend import db
from backend.orders.model.states import State
from backend.orders.model.verdicts import first_reporter
from backend.privacy import phones
from backend.privacy.phones import NoPhone
from backend.privacy.seals import Seal
from backend.reports.call_back_numbers import rules
from backend.reports.call_back_numbers.errors import NumberConsentMissing, NumberInvalid, NumberNotNeeded
from backend.reports.call_back_numbers.queries import about
from backend.reports.call_back_numbers.structs import CONSENT, NumberAnswer
from backend.reports.errors import TrackingUnknown
from backend.reports.queries import OF_CASE
from backend.sql import sql

_LOCK = "SELECT id FROM report WHERE tracking_token = $1 FOR UPDATE"
_READ = f"""
    SELECT r.id, o.state, o.closed_at, {first_reporter("o")} = r.reporter_id AS is_first
    {OF_CASE} JOIN work_order o ON o.id = survivor.id WHERE r.id = $1
"""
_STANDS = "SELECT id, number FROM call_back_number WHERE report_id = $1 AND ended_at IS NULL"
_END = """
    UPDATE call_back_number SET number = NULL, ended_at = $2, end_reason = $3
    WHERE report_id = $1 AND ended_at IS NULL
"""
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('call_back_number', 'id'))"
_KEEP = """
    INSERT INTO call_back_number (id, report_id, number, consent, answered_at)
    VALUES (:id, :report_id, :number, :consent, :now)
"""


async def answer(token: str, said: NumberAnswer, seal: Seal, now: datetime, *, is_sealed: bool) -> None:
    """Keep the number, sealed, with the consent to it; or that none is left. An earlier number is erased.

    Raises TrackingUnknown, NumberInvalid, NumberConsentMissing, NumberNotNeeded.
    """
    number = read(said)
    async with db.transaction():
        report = await _lock(token)
        if number is not None:
            _require_needed(report, now, is_sealed=is_sealed)
        stands = await db.fetchrow(_STANDS, report["id"])
        if stands is not None and number == _number_of(stands, seal):
            return
        await db.execute(_END, report["id"], now, "replaced")
        number_id = await db.fetchval(_NEXT_ID)
        sealed = None if number is None else seal.close(number, about(number_id))
        consent = None if number is None else said.consent
        row = {"id": number_id, "report_id": report["id"], "number": sealed, "consent": consent}
        await db.execute(sql(_KEEP, now=now, **row))


async def withdraw(token: str, now: datetime) -> None:
    """Take the consent back: the number is erased at once. Without one nothing happens. Raises TrackingUnknown."""
    async with db.transaction():
        report = await _lock(token)
        stands = await db.fetchrow(_STANDS, report["id"])
        if stands is not None and stands["number"] is not None:
            await db.execute(_END, report["id"], now, "withdrawn")


def read(said: NumberAnswer) -> str | None:
    """The digits of the number; None where none is left. Raises NumberInvalid, NumberConsentMissing."""
    if said.number is None:
        return None
    try:
        number = phones.read_phone(said.number)
    except NoPhone as error:
        raise NumberInvalid from error
    if said.consent != CONSENT:
        raise NumberConsentMissing
    return number


def _number_of(stands: asyncpg.Record, seal: Seal) -> str | None:
    return seal.open(stands["number"], about(stands["id"])) if stands["number"] else None


async def _lock(token: str) -> asyncpg.Record:
    report_id = await db.fetchval(_LOCK, token)
    # A statement of its own: one that waited for the report would see its reporter of now and the order of before.
    report = await db.fetchrow(_READ, report_id) if report_id is not None else None
    if report is None:
        raise TrackingUnknown
    return report


def _require_needed(report: asyncpg.Record, now: datetime, *, is_sealed: bool) -> None:
    state, is_first = State(report["state"]), bool(report["is_first"])
    if not rules.is_offered(state, report["closed_at"], now, is_first=is_first, is_sealed=is_sealed):
        raise NumberNotNeeded
