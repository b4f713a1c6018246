"""Ask for a change of a duty list, and take that back."""

from datetime import datetime

from backend import db
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.committees.changes import queries, rules
from backend.committees.changes.errors import ChangeOpen, NotTheCommittee
from backend.committees.changes.events import DutyChangeRequested, DutyChangeWithdrawn
from backend.committees.changes.service import rows
from backend.committees.changes.structs import DutyChangeDraft, DutyChangeRead, DutyChangeState
from backend.committees.duty_list import queries as duty_lists
from backend.committees.duty_list.errors import TemplateUnknown
from backend.orders.model.errors import KeyUsedBefore
from backend.orders.transitions.repeats import print_of
from backend.sql import sql
from backend.structs import IdempotencyKey

_ASK = """
    INSERT INTO duty_change (committee_code, template_id, kind, base_version, rrule, starts_on, valid_from, reason,
        requested_by_id, requested_at, idempotency_key, key_print)
    VALUES (:committee_code, :template_id, :kind, :base_version, :rrule, :starts_on, :valid_from, :reason, :by, :now,
        :key, :key_print)
    ON CONFLICT DO NOTHING RETURNING id
"""
_SENT_BEFORE = "SELECT id, key_print FROM duty_change WHERE requested_by_id = $1 AND idempotency_key = $2"
_OPEN = "SELECT id FROM duty_change WHERE committee_code = $1 AND template_id = $2 AND state = 'open'"


async def request_change(
    committee_code: str, draft: DutyChangeDraft, actor: Actor, now: datetime, key: IdempotencyKey | None = None
) -> DutyChangeRead:
    """Ask the town for a change; under a key that was used for the same before, the request of then.

    Raises NotTheCommittee, TemplateUnknown, TemplateClosed, InTheList, NotInTheList, EntryOff, ChangesNothing,
    ChangeOpen, KeyUsedBefore, DayTooFar, ScheduleInvalid, ScheduleTooFrequent.
    """
    if not may_within(actor, Permission.REQUEST_DUTY_CHANGES, committee_code):
        raise NotTheCommittee
    said = print_of(draft, committee=committee_code) if key else None
    async with db.transaction():
        change_id = await _find_sent_before(actor, key, said)
        if change_id is None:
            change_id = await _insert(committee_code, draft, actor, now, key, said)
        return await queries.get_change(change_id, actor)


async def withdraw(change_id: int, actor: Actor, now: datetime) -> DutyChangeRead:
    """撤回: by anybody of the committee, as long as nobody has decided. Withdrawing twice is the same.

    Raises ChangeUnknown, NotTheCommittee, ChangeDecided.
    """
    async with db.transaction():
        row = await rows.lock(change_id, actor)
        if not may_within(actor, Permission.REQUEST_DUTY_CHANGES, row["committee_code"]):
            raise NotTheCommittee
        if row["state"] != DutyChangeState.WITHDRAWN:
            rows.require_open(row)
            await rows.end(change_id, DutyChangeState.WITHDRAWN, actor, now)
            await rows.record(DutyChangeWithdrawn, await queries.get_change(change_id, actor))
        return await queries.get_change(change_id, actor)


async def _insert(
    committee_code: str,
    draft: DutyChangeDraft,
    actor: Actor,
    now: datetime,
    key: IdempotencyKey | None,
    said: str | None,
) -> int:
    template = await duty_lists.find_template(draft.template_id)
    if template is None or not committee_code.startswith(template.area_code):
        raise TemplateUnknown
    versions = await duty_lists.list_versions(committee_code, draft.template_id)
    change = rules.plan(draft, template, versions[0] if versions else None, now)
    version = change.version
    values = {"kind": draft.kind.value, "reason": draft.reason, "key": key, "key_print": said, "now": now}
    values |= {"rrule": version.rrule, "starts_on": version.starts_on, "valid_from": version.valid_from}
    change_id = await db.fetchval(
        sql(
            _ASK,
            committee_code=committee_code,
            template_id=draft.template_id,
            base_version=change.base_version,
            by=actor.account_id,
            **values,
        )
    )
    if change_id is None:
        earlier = await _find_sent_before(actor, key, said)
        if earlier is not None:
            return earlier
        raise ChangeOpen(change_id=await db.fetchval(_OPEN, committee_code, draft.template_id))
    await rows.record(DutyChangeRequested, await queries.get_change(change_id, actor), reason=draft.reason)
    return change_id


async def _find_sent_before(actor: Actor, key: IdempotencyKey | None, said: str | None) -> int | None:
    row = await db.fetchrow(_SENT_BEFORE, actor.account_id, key) if key else None
    if row is None:
        return None
    if row["key_print"] != said:
        raise KeyUsedBefore(earlier="duty_change")
    return row["id"]
