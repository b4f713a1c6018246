"""账号合并: two accounts of one person become one. The caller moves what other packages hold, in the same transaction.

Both rows are locked in the order of their ids, so that two merges at once come one after the other. The account that
goes on keeps its number; the other one is closed, its sessions and names elsewhere go over, and what is history stays
under it.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend import db
from backend.accounts.errors import MergeOfStaff, SessionEnded
from backend.accounts.events import AccountsMerged
from backend.accounts.service import links
from backend.accounts.service.links import Purpose
from backend.accounts.service.merge_requests import MergeParties, find_parties
from backend.accounts.structs import MergeLink
from backend.events import service as events

_BY_LINK = "SELECT survivor_id FROM account_merge WHERE token_hash = $1"
_LOCK = """
SELECT id, kind = 'device' AS is_device, is_active FROM account WHERE id = ANY($1::bigint[]) ORDER BY id
FOR NO KEY UPDATE
"""
# Stronger than what a foreign key asks for: whoever is writing something under one of them has done so before.
_FREEZE = "SELECT id FROM account WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE"
_MERGE = "INSERT INTO account_merge (merged_id, survivor_id, token_hash, merged_at) VALUES ($1, $2, $3, $4)"
_FOLLOW_ON = "UPDATE account_merge SET survivor_id = $2 WHERE survivor_id = $1"
_CLOSE = "UPDATE account SET is_active = false WHERE id = $1"
_MOVE_SESSIONS = "UPDATE session SET account_id = $2 WHERE account_id = $1"
_MOVE_IDENTITIES = "UPDATE external_identity SET account_id = $2 WHERE account_id = $1"


async def make_merge_link(session_id: UUID, base_url: str, now: datetime) -> MergeLink:
    """A link by which another phone of the same person becomes one with this one. Raises MergeOfStaff."""
    if not await db.fetchval(_IS_DEVICE, session_id):
        raise MergeOfStaff
    token = await links.make(session_id, Purpose.MERGE, now)
    expires_in = int(links.LIVES[Purpose.MERGE].total_seconds())
    return MergeLink(link=f"{base_url}/session/merge?token={token}", expires_in=expires_in)


async def find_merge_link(token: str, own_id: int | None, now: datetime) -> int:
    """The account with which `own_id` would become one, or has by this link. Raises LinkSpent, MergeOfStaff."""
    if own_id is not None and await db.fetchval(_BY_LINK, links.hash_of(token)) == own_id:
        return own_id
    linked = await links.find(token, Purpose.MERGE, now)
    if not linked.is_device:
        raise MergeOfStaff
    return linked.account_id


async def begin_merge(own_id: int, number: str, now: datetime) -> MergeParties:
    """Lock whom a request by a link of this account joins, until the transaction ends.

    Raises MergeRequestUnknown, LinkSpent, MergeOfStaff, and SessionEnded for an account that has just become one with
    another.
    """
    parties = await find_parties(own_id, number, now)
    if parties.requester_id == own_id:
        return parties
    rows = await db.fetch(_LOCK, [own_id, parties.requester_id])
    if not all(row["is_device"] for row in rows):
        raise MergeOfStaff
    if not all(row["is_active"] for row in rows):
        raise SessionEnded
    # Whoever waited for another merge by this link comes too late.
    return await find_parties(own_id, number, now)


async def freeze(account_ids: Collection[int]) -> None:
    """Wait for whatever is being written under these accounts, and let nothing more be until the transaction ends."""
    await db.fetch(_FREEZE, list(account_ids))


async def close_merged(merged_id: int, survivor_id: int, token_hash: bytes, now: datetime, address: str) -> None:
    """Let the one go on as the other: its sessions and its names elsewhere are the other's. The link serves no more."""
    await db.execute(_FOLLOW_ON, merged_id, survivor_id)
    await db.execute(_MERGE, merged_id, survivor_id, token_hash, now)
    await db.execute(_CLOSE, merged_id)
    await db.execute(_MOVE_SESSIONS, merged_id, survivor_id)
    await db.execute(_MOVE_IDENTITIES, merged_id, survivor_id)
    await events.record(AccountsMerged(subject_id=survivor_id, merged_id=merged_id, address=address))


_IS_DEVICE = """
SELECT a.kind = 'device' FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = $1
"""
