"""Add a source, change what a town decides about it, renew its key or secret, close it."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db
from backend.accounts import service as people
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.intake.sources import keys, queries
from backend.intake.sources.errors import SourceNameTaken, SourceUnknown
from backend.intake.sources.events import SourceAdded, SourceChanged, SourceClosedByTown, SourceFact, SourceKeyRenewed
from backend.intake.sources.structs import Credential, Source, SourceDraft, SourceSettings
from backend.intake.sources.webhook_secrets import about
from backend.privacy.seals import Seal
from backend.sql import sql

FORMER_SECRET_FOR = timedelta(hours=24)
"""So long what is signed with the secret of before is still believed."""
_ADD = f"""
    INSERT INTO intake_source (name, kind, title_zh, title_en, area_code, datum, per_minute, max_bytes, accepted_error,
        raw_days, may_file, may_read, account_id, key_print, secret, added_by_id, added_at)
    VALUES (:name, :kind, :title_zh, :title_en, :area_code, :datum, :per_minute, :max_bytes, :accepted_error,
        :raw_days, :may_file, :may_read, :account_id, :key_print, :secret, :by_id, :now)
    ON CONFLICT (name) DO NOTHING RETURNING {queries.COLUMNS}
"""
_CHANGE = f"""
    UPDATE intake_source SET title_zh = :title_zh, title_en = :title_en, area_code = :area_code, datum = :datum,
        per_minute = :per_minute, max_bytes = :max_bytes, accepted_error = :accepted_error, raw_days = :raw_days,
        may_file = :may_file, may_read = :may_read
    WHERE name = :name RETURNING {queries.COLUMNS}
"""
_RENEW_KEY = f"UPDATE intake_source SET key_print = $2 WHERE name = $1 RETURNING {queries.COLUMNS}"
_ROTATE = """
    UPDATE intake_source SET former_secret = secret, former_until = :until, secret = :secret WHERE name = :name
"""
_CLOSE = f"""
    UPDATE intake_source SET is_open = false, closed_at = coalesce(closed_at, $2) WHERE name = $1
    RETURNING {queries.COLUMNS}
"""


async def add_source(draft: SourceDraft, by: Actor | None, seal: Seal, now: datetime) -> Credential:
    """Add a source with an account of its own. Key and secret are shown this once. Raises SourceNameTaken."""
    key, secret = keys.make_key(), keys.make_secret()
    async with db.transaction():
        account_id = await people.add_pseudonym(now, draft.title_zh)
        values = _settings(draft) | {"name": draft.name, "kind": draft.kind.value, "account_id": account_id}
        values |= {"key_print": keys.print_of(key), "secret": seal.close(secret, about(draft.name))}
        row = await db.fetchrow(sql(_ADD, **values, by_id=by.account_id if by else None, now=now))
        if row is None:
            raise SourceNameTaken(name=draft.name)
        source = queries.source_of(row)
        await _record(SourceAdded, source, by)
    return Credential(source=source, key=key, secret=secret)


async def change_source(name: str, settings: SourceSettings, by: Actor | None) -> Source:
    """Set what a town decides about a source. Raises SourceUnknown."""
    async with db.transaction():
        row = await db.fetchrow(sql(_CHANGE, name=name, **_settings(settings)))
        if row is None:
            raise SourceUnknown
        source = queries.source_of(row)
        await _record(SourceChanged, source, by)
    return source


async def renew_key(name: str, by: Actor | None) -> str:
    """A new key; the one before serves no more. Raises SourceUnknown."""
    key = keys.make_key()
    async with db.transaction():
        row = await db.fetchrow(_RENEW_KEY, name, keys.print_of(key))
        if row is None:
            raise SourceUnknown
        await _record(SourceKeyRenewed, queries.source_of(row), by)
    return key


async def renew_secret(name: str, by: Actor | None, seal: Seal, now: datetime) -> str:
    """A new secret of its webhooks; the one before is believed for a day. Raises SourceUnknown."""
    secret = keys.make_secret()
    async with db.transaction():
        source = await queries.get_source(name)
        values = {"name": name, "secret": seal.close(secret, about(name)), "until": now + FORMER_SECRET_FOR}
        await db.execute(sql(_ROTATE, **values))
        await _record(SourceKeyRenewed, source, by)
    return secret


async def close_source(name: str, by: Actor | None, now: datetime) -> Source:
    """Take nothing more from a source; what it filed goes on. Raises SourceUnknown."""
    async with db.transaction():
        row = await db.fetchrow(_CLOSE, name, now)
        if row is None:
            raise SourceUnknown
        source = queries.source_of(row)
        await _record(SourceClosedByTown, source, by)
    return source


def _settings(settings: SourceSettings) -> dict[str, Any]:
    return {name: msgspec.to_builtins(getattr(settings, name)) for name in SourceSettings.__struct_fields__}


async def _record(kind: type[SourceFact], source: Source, by: Actor | None) -> None:
    acted_by_id = by.account_id if by else None
    fact = kind(subject_id=source.id, area_code=source.area_code, name_of_source=source.name, acted_by_id=acted_by_id)
    await events.record(fact)
