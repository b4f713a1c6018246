"""Apply to be a volunteer of a committee: what was typed is checked, sealed, and waits for the committee."""

from datetime import datetime
from typing import Any

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Actor, Credentials, StaffDraft
from backend.calendars.rules import shanghai_date
from backend.errors import NotFound
from backend.events import service as events
from backend.orders.model.errors import KeyUsedBefore
from backend.places import queries as places
from backend.privacy.seals import Seal
from backend.sql import sql
from backend.structs import IdempotencyKey
from grab_orders.names import masked
from grab_orders.people import deciding, own_places, rules, sealing
from grab_orders.people.errors import AppliedAlready, CommitteeUnknown, IdentityRegistered
from grab_orders.people.events import VolunteerApplied
from grab_orders.people.structs import CONSENT, Applicant, Application, AppliedVolunteer

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('volunteer ' || $1, 0))"
_MADE_BEFORE = "SELECT id, account_id, id_print FROM volunteer WHERE idempotency_key = $1"
_NEXT_ID = "SELECT nextval(pg_get_serial_sequence('volunteer', 'id'))"
_APPLY = """
    INSERT INTO volunteer (id, account_id, committee_code, status, masked_name, real_name, id_number, id_print, phone,
        guardian_name, guardian_phone, birth_year, id_doubt, skills, consent, idempotency_key, applied_at)
    VALUES (:id, :account_id, :committee_code, 'applied', :masked_name, :real_name, :id_number, :id_print, :phone,
        :guardian_name, :guardian_phone, :birth_year, :id_doubt, :skills, :consent, :key, :now)
    ON CONFLICT DO NOTHING RETURNING id
"""
_IS_LIVE = "SELECT EXISTS (SELECT FROM volunteer WHERE account_id = $1 AND status IN ('applied', 'approved'))"


async def apply(draft: Application, applicant: int | Credentials, seal: Seal, now: datetime) -> AppliedVolunteer:
    """Apply with an account that is there, or with one that is made by it and may do nothing until it is approved.

    Sent again under its key it is the same application. Raises what `rules.read_applicant` does, CommitteeUnknown,
    AppliedAlready, IdentityRegistered, KeyUsedBefore, and for a new account UsernameInvalid, UsernameTaken and
    WeakPassword.
    """
    person = rules.read_applicant(draft, shanghai_date(now))
    await _require_committee(draft.committee_code)
    async with db.transaction():
        if (made_before := await _find_made_before(draft.idempotency_key, person, seal)) is not None:
            return made_before
        account_id = applicant if isinstance(applicant, int) else await _add_account(applicant, person, now)
        volunteer_id = await _enter(draft, person, account_id, seal, now)
        fact = {"subject_id": volunteer_id, "account_id": account_id, "account_ids": (account_id,)}
        await events.record(VolunteerApplied(area_code=draft.committee_code, **fact))
    return AppliedVolunteer(volunteer_id=volunteer_id, account_id=account_id, is_new=True)


async def enrol(draft: Application, account_id: int, by: Actor, seal: Seal, now: datetime) -> int:
    """Take a volunteer over whom the committee knows already, such as from a list on paper. Returns the number.

    Raises what `apply` does of a person, and what `deciding.approve` does.
    """
    person = rules.read_applicant(draft, shanghai_date(now))
    async with db.transaction():
        volunteer_id = await _enter(draft, person, account_id, seal, now)
        await deciding.approve(volunteer_id, by, now)
    return volunteer_id


async def _enter(draft: Application, person: Applicant, account_id: int, seal: Seal, now: datetime) -> int:
    volunteer_id = await db.fetchval(_NEXT_ID)
    row = _row(volunteer_id, account_id, draft, person, seal) | {"now": now}
    if await db.fetchval(sql(_APPLY, **row)) is None:
        raise AppliedAlready if await db.fetchval(_IS_LIVE, account_id) else IdentityRegistered
    await own_places.note(account_id, draft.own_place_ids, now)
    return volunteer_id


async def _require_committee(code: str) -> None:
    try:
        await places.get_area(code)
    except NotFound as error:
        raise CommitteeUnknown from error


async def _find_made_before(key: IdempotencyKey | None, person: Applicant, seal: Seal) -> AppliedVolunteer | None:
    """The application that came under this key; another one under it waits until this transaction is over.

    Raises KeyUsedBefore where it is somebody else's: a phone that is handed on may go back to the form.
    """
    if key is None:
        return None
    await db.execute(_ONE_AT_A_TIME, key)
    row = await db.fetchrow(_MADE_BEFORE, key)
    if row is None:
        return None
    if row["id_print"] not in (None, seal.print_of(person.id_number.number)):
        raise KeyUsedBefore(earlier="apply")
    return AppliedVolunteer(volunteer_id=row["id"], account_id=row["account_id"], is_new=False)


async def _add_account(credentials: Credentials, person: Applicant, now: datetime) -> int:
    """The name that colleagues see is masked: the whole one is sealed."""
    shown = masked(person.real_name)
    draft = StaffDraft(username=credentials.username, password=credentials.password, display_name=shown)
    return await accounts.create_staff(draft, now)


def _row(volunteer_id: int, account_id: int, draft: Application, person: Applicant, seal: Seal) -> dict[str, Any]:
    return {
        "id": volunteer_id,
        "account_id": account_id,
        "committee_code": draft.committee_code,
        "masked_name": masked(person.real_name),
        **sealing.close(volunteer_id, person, seal),
        "birth_year": person.id_number.birth_on.year,
        "id_doubt": person.id_number.doubt.value,
        "skills": sorted({skill.value for skill in draft.skills}),
        "consent": CONSENT,
        "key": draft.idempotency_key,
    }
