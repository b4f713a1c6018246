"""What a person wants to be called for, and when. The inbox has everything whatever is said here.

Urgent orders (P0, P1) call whoever works on them at any hour: that is the work.
"""

from datetime import datetime, time

from backend import db
from backend.errors import Invalid
from backend.sql import sql
from backend.structs import Read, Write
from push.kinds import KINDS
from push.structs import MessageLanguage

_GET = "SELECT quiet_from, quiet_until, digest_at, language FROM notification_settings WHERE account_id = $1"
_MUTED = "SELECT kind FROM muted_kind WHERE account_id = $1 ORDER BY kind"
_SET = """
    INSERT INTO notification_settings (account_id, quiet_from, quiet_until, digest_at, language, changed_at)
    VALUES (:account_id, :quiet_from, :quiet_until, :digest_at, :language, :now)
    ON CONFLICT (account_id) DO UPDATE SET quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until,
        digest_at = excluded.digest_at, language = excluded.language, changed_at = excluded.changed_at
"""
_UNMUTE = "DELETE FROM muted_kind WHERE account_id = $1 AND kind <> ALL($2::text[])"
_MUTE = """
    INSERT INTO muted_kind (account_id, kind) SELECT $1, kind FROM unnest($2::text[]) AS kind
    ON CONFLICT (account_id, kind) DO NOTHING
"""
TIMES = ("quiet_from", "quiet_until", "digest_at")


class QuietHoursUnclear(Invalid):
    """A time of day that is none, or quiet hours with a beginning and no end."""

    code = "quiet-hours-unclear"


class KindUnknown(Invalid):
    code = "message-kind-unknown"

    def __init__(self, kind: str) -> None:
        super().__init__(kind=kind)


class Preferences(Read, frozen=True, kw_only=True):
    """Times of day as HH:MM in Shanghai time; None: none. `digest_at`: when P3 and P4 come together.

    `language`: of what comes by WeCom and WeChat; an app says its own, and text messages are as they were approved.
    """

    quiet_from: str | None = None
    quiet_until: str | None = None
    digest_at: str | None = None
    language: MessageLanguage = MessageLanguage.ZH
    muted: list[str] = []


class SetPreferences(Write, frozen=True, kw_only=True):
    """All of them, as they are to be from now on."""

    quiet_from: str | None = None
    quiet_until: str | None = None
    digest_at: str | None = None
    language: MessageLanguage = MessageLanguage.ZH
    muted: list[str] = []


async def get_preferences(account_id: int) -> Preferences:
    row = await db.fetchrow(_GET, account_id)
    muted = [each["kind"] for each in await db.fetch(_MUTED, account_id)]
    if row is None:
        return Preferences(muted=muted)
    times = {name: _said(row[name]) for name in TIMES}
    return Preferences(**times, language=MessageLanguage(row["language"]), muted=muted)


async def language_of(account_id: int) -> str:
    """In which language a person is written to, where no phone of theirs says one."""
    return (await get_preferences(account_id)).language.value


async def set_preferences(account_id: int, changes: SetPreferences, now: datetime) -> Preferences:
    """Raises QuietHoursUnclear, KindUnknown."""
    quiet_from, quiet_until = _read(changes.quiet_from), _read(changes.quiet_until)
    if (quiet_from is None) != (quiet_until is None):
        raise QuietHoursUnclear
    if unknown := set(changes.muted) - set(KINDS):
        raise KindUnknown(min(unknown)[:40])
    times = {"quiet_from": quiet_from, "quiet_until": quiet_until, "digest_at": _read(changes.digest_at)}
    async with db.transaction():
        await db.execute(sql(_SET, account_id=account_id, now=now, language=changes.language.value, **times))
        await db.execute(_UNMUTE, account_id, changes.muted)
        await db.execute(_MUTE, account_id, changes.muted)
    return await get_preferences(account_id)


def _read(said: str | None) -> time | None:
    if not said:
        return None
    try:
        return datetime.strptime(said, "%H:%M").time()  # noqa: DTZ007 - a time of day has no zone
    except ValueError as error:
        raise QuietHoursUnclear from error


def _said(at: time | None) -> str | None:
    return f"{at:%H:%M}" if at else None
