"""离岗: somebody goes. Whatever was theirs hears of it by the fact StaffLeft and finds another owner.

Each verb that takes something away locks the account first, so that whoever accepts an order at that instant either did
so before, and the fact finds the order, or is refused (`queries.lock_handler`).
"""

from datetime import datetime

from backend import db
from backend.accounts.errors import AccountUnknown
from backend.accounts.events import AccountClosed, StaffLeft
from backend.events import service as events


async def close_account(account_id: int, now: datetime) -> None:
    """Let nobody sign in or refresh with this account any more. Tokens in hand end at once.

    Called by `duty.deactivate`, which ends the shifts too. Their member of WeCom is free for somebody else.
    Twice is the same. Raises AccountUnknown.
    """
    async with db.transaction():
        await lock(account_id)
        if await db.fetchval(_GO, account_id) is None:
            return
        await db.execute(_END_SESSIONS, account_id, now)
        await db.execute(_UNLINK, account_id)
        await record_departure(account_id)
        await events.record(AccountClosed(subject_id=account_id))


async def lock(account_id: int) -> None:
    """Let nobody else change or rely on what somebody may do until the transaction ends. Raises AccountUnknown."""
    if await db.fetchval(_LOCK, account_id) is None:
        raise AccountUnknown


async def record_departure(account_id: int) -> None:
    """Record that what was theirs to do may be so no longer."""
    await events.record(StaffLeft(subject_id=account_id))


_LOCK = "SELECT id FROM account WHERE id = $1 FOR NO KEY UPDATE"
_GO = "UPDATE account SET is_active = false WHERE id = $1 AND is_active RETURNING id"
_UNLINK = "DELETE FROM external_identity WHERE account_id = $1 AND vendor = 'wecom'"
_END_SESSIONS = "UPDATE session SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL"
