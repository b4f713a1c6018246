"""The committee's verbs: register an elder, correct the entry, assign visitors, end it; and open what is sealed."""

from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.elder_care import access, queries, sealing
from backend.elder_care.errors import CareNotYours, ElderEnded, ElderKnown, TermUnfit, VisitorUnfit
from backend.elder_care.events import ElderDataOpened
from backend.elder_care.rules import TERM_MOST
from backend.elder_care.structs import ElderDraft, ElderView, PersonalData
from backend.events import service as events
from backend.places import queries as places
from backend.privacy.seals import Seal
from backend.sql import sql

_NAMES = ElderDraft.__struct_fields__
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('lone_elder', 'id'))"
_ADD = f"""
    INSERT INTO lone_elder (id, area_code, place_id, {", ".join((*_NAMES, *sealing.COLUMNS))}, added_by_id, added_at)
    VALUES (:id, :area_code, :place_id, {", ".join(f":{name}" for name in (*_NAMES, *sealing.COLUMNS))}, :by_id, :now)
    ON CONFLICT (area_code, label) DO NOTHING RETURNING id
"""
_RENEW = """
    UPDATE lone_elder SET risk = :risk, way = :way, every_days = :every_days, watch = :watch, devices = :devices,
        consent = :consent, consent_on = :consent_on, until = :until
    WHERE id = :elder_id
"""
_LOCK = "SELECT id FROM lone_elder WHERE id = $1 FOR NO KEY UPDATE"
_ASSIGN = """
    INSERT INTO elder_visitor (elder_id, account_id, since, assigned_by_id)
    VALUES (:elder_id, :account_id, :now, :by_id)
    ON CONFLICT (elder_id, account_id) WHERE until IS NULL DO NOTHING
"""
_RELIEVE = """
    UPDATE elder_visitor SET until = greatest(since, $3) WHERE elder_id = $1 AND account_id = $2 AND until IS NULL
"""
_END = "UPDATE lone_elder SET ended_at = $2 WHERE id = $1"
_END_VISITORS = "UPDATE elder_visitor SET until = greatest(since, $2) WHERE elder_id = $1 AND until IS NULL"
_END_VISITS = "UPDATE elder_visit SET state = 'missed', ended_at = $2 WHERE elder_id = $1 AND state = 'due'"
_OPENED = "INSERT INTO elder_opening (elder_id, account_id, at) VALUES ($1, $2, $3)"
_SEALED = f"SELECT {', '.join(sealing.COLUMNS)} FROM lone_elder WHERE id = $1"


async def add(place_id: int, draft: ElderDraft, data: PersonalData, by: Actor, *, seal: Seal, now: datetime) -> int:
    """Register somebody who consented. Returns the id.

    Raises PlaceNotFound, CareNotYours, TermUnfit, ElderKnown for a label that the committee has used.
    """
    place = await places.get_place(place_id)
    if not access.keeps(by, place.area_code):
        raise CareNotYours
    check_term(draft, now)
    async with db.transaction():
        return await insert(place_id, place.area_code, draft, data, by, seal=seal, now=now)


async def insert(
    place_id: int, area_code: str, draft: ElderDraft, data: PersonalData, by: Actor, *, seal: Seal, now: datetime
) -> int:
    """The same of what was checked, within a transaction. Raises ElderKnown."""
    elder_id = await db.fetchval(_NEXT_ID)
    row = {"id": elder_id, "area_code": area_code, "place_id": place_id, "by_id": by.account_id, "now": now}
    sealed = sealing.close(data, elder_id, seal)
    if await db.fetchval(sql(_ADD, **row, **_values(draft), **sealed)) is None:
        raise ElderKnown
    return elder_id


async def renew(elder_id: int, draft: ElderDraft, by: Actor, now: datetime) -> None:
    """Write risk, rhythm, devices and consent anew; label and person stay.

    Raises ElderNotFound, CareNotYours, ElderEnded, TermUnfit.
    """
    check_term(draft, now)
    async with db.transaction():
        await lock_own(elder_id, by)
        await write(elder_id, draft)


async def write(elder_id: int, draft: ElderDraft) -> None:
    """What was checked over what stood there; the label stays. Within a transaction."""
    values = {name: value for name, value in _values(draft).items() if name != "label"}
    await db.execute(sql(_RENEW, elder_id=elder_id, **values))


async def assign(elder_id: int, account_id: int, by: Actor, now: datetime) -> None:
    """Let a member or a volunteer of the committee visit. Twice is the same.

    Raises ElderNotFound, CareNotYours, ElderEnded, VisitorUnfit.
    """
    async with db.transaction():
        elder = await lock_own(elder_id, by)
        found = await accounts.list_people_of(elder.area_code, [Role.COMMITTEE, Role.VOLUNTEER])
        if account_id not in {member.id for members in found.values() for member in members}:
            raise VisitorUnfit
        await put_visitor(elder_id, account_id, by, now)


async def put_visitor(elder_id: int, account_id: int, by: Actor, now: datetime) -> None:
    """The same of somebody who was checked, within a transaction."""
    row = {"elder_id": elder_id, "account_id": account_id, "by_id": by.account_id, "now": now}
    await db.execute(sql(_ASSIGN, **row))


async def relieve(elder_id: int, account_id: int, by: Actor, now: datetime) -> None:
    """Somebody visits no more, and reads nothing from then on. Raises ElderNotFound, CareNotYours, ElderEnded."""
    async with db.transaction():
        await lock_own(elder_id, by)
        await db.execute(_RELIEVE, elder_id, account_id, now)


async def end(elder_id: int, by: Actor, now: datetime) -> None:
    """The elder is visited no more: moved, in a home, or took the consent back. Raises as `relieve`."""
    async with db.transaction():
        await lock_own(elder_id, by)
        for statement in (_END, _END_VISITORS, _END_VISITS):
            await db.execute(statement, elder_id, now)


async def lock_own(elder_id: int, by: Actor) -> ElderView:
    """One's own entry that goes on, locked. Raises ElderNotFound, CareNotYours, ElderEnded."""
    await db.fetchval(_LOCK, elder_id)
    elder = await queries.get_elder(elder_id, by)
    if not access.keeps(by, elder.area_code):
        raise CareNotYours
    if elder.ended_at is not None:
        raise ElderEnded
    return elder


async def open_data(elder_id: int, reader: Actor, *, seal: Seal, now: datetime) -> PersonalData:
    """Read who it is and where, which is written down first. Raises ElderNotFound, ElderEnded, SealBroken."""
    async with db.transaction():
        elder = await queries.get_elder(elder_id, reader)
        if not queries.is_running(elder, shanghai_date(now)):
            raise ElderEnded
        await db.execute(_OPENED, elder_id, reader.account_id, now)
        await events.record(ElderDataOpened(subject_id=elder_id, area_code=elder.area_code, by_id=reader.account_id))
        row = await db.fetchrow(_SEALED, elder_id)
        assert row is not None
        return sealing.open_data(row, elder_id, seal)


def check_term(draft: ElderDraft, now: datetime) -> None:
    """Raises TermUnfit."""
    today = shanghai_date(now)
    is_fit = draft.consent_on <= today <= draft.until and draft.until - draft.consent_on <= TERM_MOST
    if not is_fit or draft.until <= draft.consent_on:
        raise TermUnfit


def _values(draft: ElderDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in _NAMES} | {
        "risk": draft.risk.value,
        "way": draft.way.value,
        "consent": draft.consent.value,
    }
