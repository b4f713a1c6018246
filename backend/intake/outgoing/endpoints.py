"""Where a source hears what becomes of its records: set, rotated, switched off by whoever keeps the source."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.intake.outgoing import addresses
from backend.intake.outgoing.errors import EndpointUnknown
from backend.intake.outgoing.structs import EndpointDraft, EndpointView, NewEndpoint
from backend.intake.runtime import current_runtime
from backend.intake.sources import keeping, keys, queries
from backend.privacy.seals import Seal
from backend.sql import sql

FORMER_FOR = timedelta(hours=24)
"""So long both secrets sign after a rotation."""
_SET = """
    INSERT INTO webhook_endpoint AS known (source_id, url, secret, set_by_id, set_at)
    VALUES (:source_id, :url, :secret, :by_id, :now)
    ON CONFLICT ON CONSTRAINT webhook_endpoint_once DO UPDATE SET url = EXCLUDED.url, secret = EXCLUDED.secret,
        former_secret = known.secret, former_until = :until, set_by_id = EXCLUDED.set_by_id, set_at = EXCLUDED.set_at,
        is_on = true, stopped_for = '', failures = 0, next_at = NULL
"""
_STOP = """
    UPDATE webhook_endpoint SET is_on = false, stopped_for = 'by hand' WHERE source_id = $1 RETURNING id
"""
_VIEW = """
    SELECT e.url, e.is_on, e.stopped_for, e.failures, e.next_at,
           (SELECT count(*) FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state = 'waiting') AS backlog,
           (SELECT count(*) FROM webhook_delivery d WHERE d.endpoint_id = e.id AND d.state = 'given_up') AS given_up,
           (SELECT max(d.ended_at) FROM webhook_delivery d
             WHERE d.endpoint_id = e.id AND d.state = 'delivered') AS last_delivered_at
    FROM webhook_endpoint e WHERE e.source_id = $1
"""


def about(source_id: int) -> str:
    """What an endpoint's secret is sealed about."""
    return f"webhook_endpoint.secret:{source_id}"


async def set_endpoint(name: str, draft: EndpointDraft, by: Actor, seal: Seal, now: datetime) -> NewEndpoint:
    """Set it with a new secret; the one before signs too for a day. What waits goes there from now on.

    Raises SourceUnknown, AddressRefused.
    """
    source = await keeping.get_own(name, by)
    await addresses.find_target(draft.url, current_runtime().webhook_networks)
    secret = keys.make_secret()
    values = {"source_id": source.id, "url": draft.url, "secret": seal.close(secret, about(source.id))}
    async with db.transaction():
        await db.execute(sql(_SET, **values, by_id=by.account_id, now=now, until=now + FORMER_FOR))
        return NewEndpoint(endpoint=await _get(source.id), secret=secret)


async def stop_endpoint(name: str, by: Actor) -> EndpointView:
    """Send nothing more; what waits is sent once it is set again. Raises SourceUnknown, EndpointUnknown."""
    source = await keeping.get_own(name, by)
    async with db.transaction():
        if await db.fetchval(_STOP, source.id) is None:
            raise EndpointUnknown
        return await _get(source.id)


async def get_endpoint(name: str, actor: Actor) -> EndpointView:
    """Raises SourceUnknown, EndpointUnknown."""
    return await _get((await queries.get_visible(name, actor)).id)


def secrets_of(row: Mapping[str, Any] | asyncpg.Record, seal: Seal, now: datetime) -> list[str]:
    """The secrets that sign now, by a row of the endpoint with `source_id`. Raises SealBroken."""
    opened = [seal.open(row["secret"], about(row["source_id"]))]
    if row["former_until"] is not None and now < row["former_until"]:
        opened.append(seal.open(row["former_secret"], about(row["source_id"])))
    return opened


async def _get(source_id: int) -> EndpointView:
    row = await db.fetchrow(_VIEW, source_id)
    if row is None:
        raise EndpointUnknown
    return msgspec.convert(dict(row), EndpointView)
