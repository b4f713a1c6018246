"""One person's ledgers are written by one transaction at a time.

The lock is a statement of its own: a statement that waited for a lock keeps the snapshot from before, and would count
what is not so any more. Whoever needs several people locks them in one call, in the order of their accounts.
"""

from collections.abc import Iterable

from backend import db

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('grab_orders.ledgers'), hashint8($1))"


async def lock_people(account_ids: Iterable[int]) -> None:
    """Let nobody else write these people's ledgers until the transaction ends."""
    for account_id in sorted(set(account_ids)):
        await db.execute(_LOCK, account_id)
