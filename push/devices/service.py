"""Register phones, and forget them."""

from datetime import datetime
from uuid import UUID

from backend import db
from backend.errors import NotFound
from backend.sql import sql
from push.devices.errors import DeviceNotReached
from push.devices.queries import COLUMNS, view
from push.devices.structs import PLATFORMS, AppChannel, DeviceDraft, DeviceView, TokenKind

DEVICES_MAX = 10
"""Phones of a person; the one that was registered or refreshed longest ago goes."""

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('push.devices'), hashint8($1))"
# The phone changed hands: it is a new one for whom it belongs to now, under an id that the other never saw.
_TAKE_FROM_OTHERS = "DELETE FROM device WHERE channel = $1 AND token = $2 AND account_id <> $3"
_REGISTER = f"""
    INSERT INTO device AS d
        (account_id, session_id, channel, token, token_kind, platform, language, registered_at, refreshed_at)
    VALUES (:account_id, :session_id, :channel, :token, :token_kind, :platform, :language, :now, :now)
    ON CONFLICT (channel, token) DO UPDATE
       SET account_id = excluded.account_id, session_id = excluded.session_id, token_kind = excluded.token_kind,
           platform = excluded.platform, language = excluded.language, refreshed_at = excluded.refreshed_at
    RETURNING {COLUMNS}, true AS is_this, d.xmax = 0 AS is_new
"""
_DROP_OLDEST = """
    DELETE FROM device WHERE id IN (
        SELECT id FROM device WHERE account_id = $1 ORDER BY refreshed_at DESC, id DESC OFFSET $2)
"""
_REMOVE = "DELETE FROM device WHERE id = $1 AND account_id = $2 RETURNING id"


async def register(account_id: int, session_id: UUID, draft: DeviceDraft, now: datetime) -> tuple[DeviceView, bool]:
    """Let messages of this account go to this phone while the session stands. Also says whether it is a new one.

    A token that somebody else registered comes into these hands: the phone was given away, or is shared.
    Raises DeviceNotReached.
    """
    _refuse_unreached(draft)
    given = {"channel": draft.channel, "token": draft.token, "token_kind": draft.token_kind}
    shown = {"platform": draft.platform, "language": draft.language}
    upsert = sql(_REGISTER, account_id=account_id, session_id=session_id, now=now, **given, **shown)
    async with db.transaction():
        await db.execute(_ONE_AT_A_TIME, account_id)
        await db.execute(_TAKE_FROM_OTHERS, draft.channel, draft.token, account_id)
        [row] = await db.fetch(upsert)
        await db.execute(_DROP_OLDEST, account_id, DEVICES_MAX)
    return view(row), row["is_new"]


async def remove(device_id: int, account_id: int) -> None:
    """Send nothing more to one of one's own phones. Raises NotFound."""
    async with db.transaction():
        if await db.fetchval(_REMOVE, device_id, account_id) is None:
            raise NotFound


def _refuse_unreached(draft: DeviceDraft) -> None:
    if draft.platform not in PLATFORMS[draft.channel]:
        raise DeviceNotReached(channel=draft.channel, what=draft.platform)
    if draft.token_kind is TokenKind.FID and draft.channel is not AppChannel.FCM:
        raise DeviceNotReached(channel=draft.channel, what=draft.token_kind)
