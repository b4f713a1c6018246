"""Staff and their shifts together: who leaves, or goes to another unit, has no shift left where they were."""

from datetime import datetime

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import StaffDraft
from backend.duty.service import shifts


async def deactivate(account_id: int, now: datetime) -> None:
    """Let somebody go: no sign-in, no refresh, no shift. Tokens in hand end at once.

    Twice is the same. Raises AccountUnknown.
    """
    async with db.transaction():
        await accounts.close_account(account_id, now)
        await shifts.end_elsewhere(account_id, None, now)


async def set_staff(draft: StaffDraft, now: datetime) -> int:
    """Add somebody, or bring whoever has this username up to date, as `accounts.set_account`. Returns the account's id.

    Whoever comes to another unit has no shift of the former one any more. Raises UsernameInvalid, StaffGone.
    """
    async with db.transaction():
        change = await accounts.set_account(draft, now)
        if change.has_moved:
            await shifts.end_elsewhere(change.account_id, draft.unit_id, now)
    return change.account_id
