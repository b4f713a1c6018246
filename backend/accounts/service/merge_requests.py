"""Requests to be joined by a link. Each has a number, which the giver of the link types to agree to that phone alone.

Whoever photographs a link can send a request; the number that they get is not the one that the person reads.
"""

import secrets
from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.accounts.errors import LinkSpent, MergeOfStaff, MergeRequestUnknown, TooManyMergeRequests
from backend.accounts.service import links
from backend.accounts.service.links import Purpose
from backend.sql import sql

MOST_REQUESTS = 5
"""By one link: so that a mistyped number names nobody."""
_DIGITS = 6
_LOCK = "SELECT 1 FROM session_link WHERE token_hash = $1 FOR NO KEY UPDATE"
_NUMBER = "SELECT number FROM merge_request WHERE session_link_id = $1 AND account_id = $2"
_NUMBERS = "SELECT number FROM merge_request WHERE session_link_id = $1"
_IS_DEVICE = "SELECT kind = 'device' FROM account WHERE id = $1"


class MergeParties(NamedTuple):
    """Whom a request would join, as the accounts that they go on as now. The same id twice: they are one already."""

    token_hash: bytes
    giver_id: int
    requester_id: int


async def request_merge(token: str, own_id: int, now: datetime) -> str:
    """Wait by this link to be joined. Returns the number; sent again, it is the same. Within a transaction.

    Raises LinkSpent, MergeOfStaff, TooManyMergeRequests.
    """
    await require_device(own_id)
    token_hash = links.hash_of(token)
    await db.execute(_LOCK, token_hash)
    if not (await links.find(token, Purpose.MERGE, now)).is_device:
        raise MergeOfStaff
    if number := await find_number(token, own_id):
        return number
    taken = {row["number"] for row in await db.fetch(_NUMBERS, token_hash)}
    if len(taken) >= MOST_REQUESTS:
        raise TooManyMergeRequests
    number = _draw(taken)
    row = {"token_hash": token_hash, "account_id": own_id, "number": number}
    await db.execute(sql(_REQUEST, now=now, **row))
    return number


async def find_number(token: str, own_id: int) -> str | None:
    """Under which number this account waits by the link; None where it has not requested anything by it."""
    return await db.fetchval(_NUMBER, links.hash_of(token), own_id)


async def find_parties(own_id: int, number: str, now: datetime) -> MergeParties:
    """The request of this number by a link of this account. Raises MergeRequestUnknown, LinkSpent, MergeOfStaff.

    An account that was joined since its request came in asks as the one that it goes on as.
    """
    await require_device(own_id)
    rows = await db.fetch(_PARTIES, own_id, number, now)
    if len(rows) != 1:
        raise MergeRequestUnknown
    found = rows[0]
    if found["served"] and found["requester_id"] != found["giver_id"]:
        raise LinkSpent
    return MergeParties(found["token_hash"], found["giver_id"], found["requester_id"])


async def require_device(account_id: int) -> None:
    """Raises MergeOfStaff."""
    if not await db.fetchval(_IS_DEVICE, account_id):
        raise MergeOfStaff


def _draw(taken: set[str]) -> str:
    while (number := f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}") in taken:
        pass
    return number


_REQUEST = """
INSERT INTO merge_request (session_link_id, account_id, number, requested_at)
VALUES (:token_hash, :account_id, :number, :now)
"""
_PARTIES = """
SELECT l.token_hash, s.account_id AS giver_id, coalesce(m.survivor_id, r.account_id) AS requester_id,
    EXISTS (SELECT FROM account_merge WHERE token_hash = l.token_hash) AS served
FROM merge_request r JOIN session_link l ON l.token_hash = r.session_link_id JOIN session s ON s.id = l.session_id
LEFT JOIN account_merge m ON m.merged_id = r.account_id
LEFT JOIN session giver ON giver.id = s.given_by_id
WHERE s.account_id = coalesce((SELECT survivor_id FROM account_merge WHERE merged_id = $1), $1)
    AND r.number = $2 AND l.purpose = 'merge' AND l.expires_at > $3
    AND s.revoked_at IS NULL AND s.expires_at > $3
    AND (s.given_by_id IS NULL OR giver.revoked_at IS NULL AND giver.expires_at > $3)
"""
