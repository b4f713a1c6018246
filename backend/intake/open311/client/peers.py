"""The endpoints of others: added and changed by a command, read by jobs."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.intake.open311.client.errors import PeerUnknown
from backend.intake.open311.client.structs import Peer, PeerDraft
from backend.intake.runtime import current_runtime
from backend.intake.sources import queries as sources
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.structs import SourceKind
from backend.privacy.seals import Seal
from backend.sql import sql

_COLUMNS = """source_id, url, jurisdiction_id, api_key, form, is_fetched, has_updates, media_hosts, fetched_until,
    updates_until"""
_SET = """
    INSERT INTO open311_peer (source_id, url, jurisdiction_id, api_key, form, is_fetched, has_updates, media_hosts,
        fetched_until, updates_until)
    VALUES (:source_id, :url, :jurisdiction_id, :api_key, :form, :is_fetched, :has_updates, :media_hosts, :now, :now)
    ON CONFLICT (source_id) DO UPDATE SET url = excluded.url, jurisdiction_id = excluded.jurisdiction_id,
        api_key = coalesce(excluded.api_key, open311_peer.api_key), form = excluded.form,
        is_fetched = excluded.is_fetched, has_updates = excluded.has_updates, media_hosts = excluded.media_hosts
"""
_ONE = f"SELECT {_COLUMNS} FROM open311_peer WHERE source_id = $1"
_IDS = """
    SELECT p.source_id FROM open311_peer p JOIN intake_source s ON s.id = p.source_id WHERE s.is_open ORDER BY 1
"""
_HEALTH = """
    SELECT s.name, p.url, p.is_fetched, p.answered_at, p.failed_at, p.failures, p.failure
    FROM open311_peer p JOIN intake_source s ON s.id = p.source_id ORDER BY s.name
"""
_NOTE_ANSWER = "UPDATE open311_peer SET answered_at = $2, failures = 0, failure = '' WHERE source_id = $1"
_NOTE_FAILURE = """
    UPDATE open311_peer SET failed_at = $2, failures = failures + 1, failure = $3 WHERE source_id = $1
"""


async def set_peer(draft: PeerDraft, api_key: str, seal: Seal, now: datetime) -> None:
    """Add an endpoint, or change it; without a key that of before stays. Raises SourceUnknown, PeerUnknown."""
    source = await sources.get_source(draft.source)
    if source.kind is not SourceKind.OPEN311:
        raise PeerUnknown
    values = {name: getattr(draft, name) for name in PeerDraft.__struct_fields__ if name != "source"}
    sealed = seal.close(api_key, _about(source.id)) if api_key else None
    await db.execute(sql(_SET, source_id=source.id, api_key=sealed, now=now, **values))


async def get_peer(source_id: int) -> Peer:
    """Raises PeerUnknown."""
    row = await db.fetchrow(_ONE, source_id)
    if row is None:
        raise PeerUnknown
    key = current_runtime().seal.open(row["api_key"], _about(source_id)) if row["api_key"] else ""
    return Peer(**{**dict(row), "api_key": key})


async def list_media_hosts(source_id: int) -> list[str]:
    """The hosts whose pictures we fetch for this source; none, where it is no endpoint of its own."""
    return await db.fetchval("SELECT media_hosts FROM open311_peer WHERE source_id = $1", source_id) or []


async def find_source_id(name: str) -> int:
    """The source of an endpoint that is open. Raises PeerUnknown."""
    try:
        source = await sources.get_source(name)
    except SourceUnknown as error:
        raise PeerUnknown from error
    if not source.is_open or source.id not in await list_source_ids():
        raise PeerUnknown
    return source.id


async def list_source_ids() -> list[int]:
    """Those of all endpoints that are open."""
    return [row["source_id"] for row in await db.fetch(_IDS)]


async def list_health() -> Sequence[asyncpg.Record]:
    """How each endpoint answered of late, by name: for operators."""
    return await db.fetch(_HEALTH)


async def note_answer(source_id: int, now: datetime) -> None:
    await db.execute(_NOTE_ANSWER, source_id, now)


async def note_failure(source_id: int, reason: str, now: datetime) -> None:
    """`reason`: what kind of failure it was; it holds no address and no words."""
    await db.execute(_NOTE_FAILURE, source_id, now, reason[:200])


def _about(source_id: int) -> str:
    return f"open311_peer.api_key:{source_id}"
