"""账号合并: two phones of one resident become one account, in one transaction, when both have agreed.

The one gives a link; the other opens it and waits under a number; the person types that number on the first one.

What only a resident has (reports, photos, messages) moves; what a shop's people and volunteers have never does. So of
the two the one with a shop or a role goes on, else the one that WeChat knows, else the older one; where both have one,
nothing is merged. Orders are locked before the accounts, as by whoever moves an order.
"""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.accounts import queries as people
from backend.accounts import service as accounts
from backend.accounts.service import MergeParties
from backend.accounts.structs import Actor, Role
from backend.errors import Conflict
from backend.orders import verbs as orders
from backend.reports import own_reports, reporters
from backend.reports.own_reports import OwnReport
from backend.structs import Read
from grab_orders.people import queries as volunteers
from media import service as media
from shops.register import queries as register

_NUMBERS_SHOWN = 5


class MergeOfTwoRoles(Conflict):
    """Both act for a shop or as a volunteer: neither can be moved."""

    code = "merge-of-two-roles"


class MergeOfTwoNames(Conflict):
    """Both are known at WeChat, under different names: they are two people, or two accounts there."""

    code = "merge-of-two-names"


class MergeLinkChanged(Conflict):
    """Another link was opened since in this browser: what was agreed to is not what would be joined."""

    code = "merge-link-changed"


class Merged(Read, frozen=True, kw_only=True):
    """`reports`: how many this person has now, of both phones."""

    reports: int


class MergeWaiting(Read, frozen=True, kw_only=True):
    """A request to be joined. `number`: what the person types where the link was made; none once they are one."""

    number: str | None
    is_done: bool
    reports: int


class MergeCandidate(msgspec.Struct, frozen=True, kw_only=True):
    """One of two accounts that are to be one. `vendors`: where it is known elsewhere."""

    account_id: int
    has_role: bool
    vendors: frozenset[str]


class MergePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes one: the own reports by number, of the other phone only how many. `is_done`: it is one already.

    `number`: under which this one waits for the other to agree; None where it has not requested anything.
    """

    own: Sequence[OwnReport]
    own_count: int
    other_count: int
    is_done: bool
    number: str | None = None


async def preview(token: str, actor: Actor | None, now: datetime) -> MergePreview:
    """What a link would join with this account; without one, nothing of its own. Raises LinkSpent, MergeOfStaff."""
    own_id = actor.account_id if actor else None
    other_id = await accounts.find_merge_link(token, own_id, now)
    return MergePreview(
        own=(await own_reports.list_own(own_id, limit=_NUMBERS_SHOWN)).items if own_id is not None else [],
        own_count=await own_reports.count_own(own_id) if own_id is not None else 0,
        other_count=await own_reports.count_own(other_id),
        is_done=other_id == own_id,
        number=await accounts.find_number(token, own_id) if own_id is not None else None,
    )


async def request(token: str, actor: Actor, now: datetime) -> MergeWaiting:
    """Wait to be joined with the account of the link. Sent again, it says whether the two are one.

    Raises LinkSpent, MergeOfStaff, MergeOfTwoRoles, MergeOfTwoNames, TooManyMergeRequests.
    """
    own_id, number = actor.account_id, None
    async with db.transaction():
        other_id = await accounts.find_merge_link(token, own_id, now)
        if other_id != own_id:
            number = await accounts.request_merge(token, own_id, now)
            survivor_of(await _describe(own_id), await _describe(other_id))
        return MergeWaiting(number=number, is_done=number is None, reports=await own_reports.count_own(own_id))


async def preview_request(number: str, actor: Actor, now: datetime) -> int:
    """How many reports the phone has that waits under a number by a link of this account.

    Raises MergeRequestUnknown, LinkSpent, MergeOfStaff.
    """
    parties = await accounts.find_parties(actor.account_id, number, now)
    return await own_reports.count_own(parties.requester_id)


async def merge(number: str, actor: Actor, now: datetime, address: str = "") -> tuple[Merged, MergeParties]:
    """Make one of this account, which gave a link, and the one that waits by it. Done before, it is the same answer.

    Returns also which two they were.
    Raises MergeRequestUnknown, LinkSpent, MergeOfStaff, MergeOfTwoRoles, MergeOfTwoNames, SessionEnded.
    """
    async with db.transaction():
        parties = await accounts.begin_merge(actor.account_id, number, now)
        survivor_id = actor.account_id
        if parties.requester_id != parties.giver_id:
            survivor_id = await _merge(parties, now, address)
        return Merged(reports=await own_reports.count_own(survivor_id)), parties


def survivor_of(one: MergeCandidate, other: MergeCandidate) -> MergeCandidate:
    """Which of the two goes on. Raises MergeOfTwoRoles, MergeOfTwoNames."""
    if one.has_role and other.has_role:
        raise MergeOfTwoRoles
    if one.vendors & other.vendors:
        raise MergeOfTwoNames
    return max(one, other, key=lambda each: (each.has_role, bool(each.vendors), -each.account_id))


async def _merge(parties: MergeParties, now: datetime, address: str) -> int:
    pair = parties.giver_id, parties.requester_id
    await orders.lock_reported(pair)
    await accounts.freeze(pair)
    one, other = [await _describe(each) for each in pair]
    survivor_id = survivor_of(one, other).account_id
    merged_id = sum(pair) - survivor_id
    await accounts.close_merged(merged_id, survivor_id, parties.token_hash, now, address)
    await orders.merge_reporters(merged_id, survivor_id)
    await reporters.merge_reporters(merged_id, survivor_id)
    await media.merge_owners(merged_id, survivor_id)
    return survivor_id


async def _describe(account_id: int) -> MergeCandidate:
    """For a merge, after the accounts were frozen, in statements of their own."""
    has_role = (
        any(grant.role is not Role.RESIDENT for grant in (await people.get_actor(account_id)).grants)
        or await register.is_known(account_id)
        or await volunteers.is_known(account_id)
    )
    vendors = (await people.list_vendors([account_id]))[account_id]
    return MergeCandidate(account_id=account_id, has_role=has_role, vendors=frozenset(vendors))
