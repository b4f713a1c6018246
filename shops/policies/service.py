"""Write a policy, see who would get it, send it, take it back; read it, apply for it."""

from datetime import date, datetime

import msgspec

from backend import db
from backend.accounts.permissions import HOLDERS, Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import SHANGHAI
from backend.events import service as events
from backend.sql import sql
from shops.policies import audience, queries
from shops.policies.errors import (
    PoliciesNotYours,
    PolicyForNobody,
    PolicyNotFound,
    PolicyOver,
    PolicyRuleEmpty,
    PolicySentBefore,
)
from shops.policies.events import PolicyApplied, PolicySent
from shops.policies.structs import PolicyDraft, Preview

_PEOPLE_OF_ONE_FACT = 500
"""People of one fact: a long list travels in parts."""
_NAMES = PolicyDraft.__struct_fields__
_ADD = f"""
    INSERT INTO policy ({", ".join(_NAMES)}, made_by_id, made_at)
    VALUES ({", ".join(f":{name}" for name in _NAMES)}, :account_id, :now) RETURNING id
"""
_SEND = "UPDATE policy SET state = 'sent', sent_at = $2 WHERE id = $1 AND state = 'draft' RETURNING id"
_WITHDRAW = "UPDATE policy SET state = 'withdrawn', sent_at = coalesce(sent_at, $2) WHERE id = $1 RETURNING id"
_READ = f"""
    UPDATE policy_recipient r SET read_at = coalesce(read_at, $3)
    WHERE policy_id = $1 AND account_id = $2 AND {queries.ACTS_STILL} RETURNING id
"""
_READ_ALL = f"""
    UPDATE policy_recipient r SET read_at = $2 WHERE account_id = $1 AND read_at IS NULL AND {queries.ACTS_STILL}
"""
_APPLY = """
    UPDATE policy_recipient SET applied_at = :now, read_at = coalesce(read_at, :now)
    WHERE policy_id = :policy_id AND account_id = :account_id AND shop_id = :shop_id AND applied_at IS NULL RETURNING id
"""


def areas_of(actor: Actor) -> list[str]:
    """Where somebody writes policies, and so reads them with what became of them."""
    return actor.areas_of(*HOLDERS[Permission.WRITE_POLICIES])


async def write(draft: PolicyDraft, actor: Actor, now: datetime) -> int:
    """Keep a draft. Returns its id. Raises PoliciesNotYours, PolicyRuleEmpty."""
    _require_writer(actor, draft.area_code)
    is_late = draft.ends_on is not None and draft.ends_on < draft.starts_on
    is_small = draft.size_until_m2 is not None and draft.size_until_m2 < (draft.size_from_m2 or 0)
    if is_late or is_small:
        raise PolicyRuleEmpty
    values = {name: getattr(draft, name) for name in _NAMES} | {"grades": [each.value for each in draft.grades]}
    return await db.fetchval(sql(_ADD, account_id=actor.account_id, now=now, **values))


async def preview(policy_id: int, actor: Actor) -> Preview:
    """Who would get it now. Raises PolicyNotFound, PoliciesNotYours."""
    await _draft(policy_id, actor)
    return (await audience.preview([policy_id]))[policy_id]


async def send(policy_id: int, actor: Actor, now: datetime) -> int:
    """Send it to everybody for whom it is. Returns how many people. Once.

    Raises PolicyNotFound, PoliciesNotYours, PolicyOver, PolicySentBefore, PolicyForNobody.
    """
    async with db.transaction():
        draft = await _draft(policy_id, actor)
        if _is_past(draft.ends_on, now):
            raise PolicyOver
        if await db.fetchval(_SEND, policy_id, now) is None:
            raise PolicySentBefore
        rows = await db.fetch(audience.recipients(policy_id, now))
        people = sorted({row["account_id"] for row in rows})
        if not people:
            raise PolicyForNobody
        parts = [people[start : start + _PEOPLE_OF_ONE_FACT] for start in range(0, len(people), _PEOPLE_OF_ONE_FACT)]
        await events.record(*(_sent(policy_id, draft, part, actor) for part in parts))
    return len(people)


async def withdraw(policy_id: int, actor: Actor, now: datetime) -> None:
    """It holds no longer: whoever got it sees that; a draft is never sent.

    Raises PolicyNotFound, PoliciesNotYours.
    """
    await _draft(policy_id, actor)
    await db.execute(_WITHDRAW, policy_id, now)


async def read(policy_id: int, actor: Actor, now: datetime) -> None:
    """One of a shop's people reads it. Raises PolicyNotFound."""
    if await db.fetchval(_READ, policy_id, actor.account_id, now) is None:
        raise PolicyNotFound


async def read_all(actor: Actor, now: datetime) -> None:
    """One of a shop's people reads what there is."""
    await db.execute(_READ_ALL, actor.account_id, now)


async def apply(policy_id: int, shop_id: int, actor: Actor, now: datetime) -> None:
    """Say that the shop applies; twice is the same. Raises PolicyNotFound, PolicyOver."""
    async with db.transaction():
        await _require_current(policy_id, shop_id, actor, now)
        row = sql(_APPLY, policy_id=policy_id, account_id=actor.account_id, shop_id=shop_id, now=now)
        if await db.fetchval(row) is not None:
            await events.record(PolicyApplied(subject_id=policy_id, shop_id=shop_id, account_id=actor.account_id))


async def _draft(policy_id: int, actor: Actor) -> PolicyDraft:
    found = await queries.get_policy(policy_id)
    _require_writer(actor, found.area_code)
    values = {name: getattr(found, name) for name in _NAMES}
    return msgspec.convert(values, PolicyDraft)


async def _require_current(policy_id: int, shop_id: int, actor: Actor, now: datetime) -> None:
    got = await queries.get_received(policy_id, shop_id, actor.account_id)
    if got.is_withdrawn or _is_past(got.ends_on, now):
        raise PolicyOver


def _is_past(ends_on: date | None, now: datetime) -> bool:
    return ends_on is not None and ends_on < now.astimezone(SHANGHAI).date()


def _require_writer(actor: Actor, area_code: str) -> None:
    if not may_within(actor, Permission.WRITE_POLICIES, area_code):
        raise PoliciesNotYours


def _sent(policy_id: int, draft: PolicyDraft, people: list[int], actor: Actor) -> PolicySent:
    return PolicySent(
        subject_id=policy_id,
        area_code=draft.area_code,
        account_ids=tuple(people),
        title=draft.title,
        body=draft.body[:200],
        acted_by_id=actor.account_id,
    )
