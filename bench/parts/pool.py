"""Volunteers on call and orders in the pool, made by the product's own verbs in this process."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from time import monotonic
from typing import NamedTuple
from uuid import UUID

import asyncpg

from backend import clock, config
from backend.accounts import queries as accounts
from backend.accounts.keyring import TokenKeyring
from backend.accounts.structs import Actor
from backend.demo.people import COMMITTEE
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.verbs import open as open_order
from bench.parts.stage import BenchFailed, Stage

ITEM = "A303"
"""Overflowing bins: to grab, P4, ten minutes."""
HERE = (121.5537, 31.1786)
_PATIENCE_S = 60.0
_OFFERS = "SELECT id FROM offer WHERE order_id = ANY($1::bigint[]) ORDER BY id"
_PEOPLE = """
    WITH people AS (
        INSERT INTO account (kind, username, password_hash, display_name, created_at)
        SELECT 'staff', 'bench-' || $2 || '-' || n, '!', '志愿者', now() FROM generate_series(1, $1::int) AS n
        RETURNING id
    ), grants AS (
        INSERT INTO role_grant (account_id, role, area_code) SELECT id, 'volunteer', $3 FROM people
    ), waiting AS (
        INSERT INTO on_call (account_id, area_code, since, until, skills)
        SELECT id, $3, now() - interval '1 minute', now() + interval '12 hours', '{}' FROM people
    )
    INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at)
    SELECT gen_random_uuid(), id, sha256(id::text::bytea), now(), now(), now() + interval '1 day' FROM people
    RETURNING account_id, id
"""


class Grabbing(NamedTuple):
    """Somebody who can grab, with a token for each request."""

    actor: Actor
    session_id: UUID
    token: str


async def make_volunteers(here: Stage, connection: asyncpg.Connection, count: int) -> list[Grabbing]:
    """People of one committee, on call, with open sessions."""
    keys = TokenKeyring(config.from_environment(here.environment).secret)
    rows = await connection.fetch(_PEOPLE, count, secrets.token_hex(4), COMMITTEE)
    people = [(await accounts.get_actor(row["account_id"]), row["id"]) for row in rows]
    now = clock.now()
    return [Grabbing(actor, session_id, keys.seal(actor, session_id, now)) for actor, session_id in people]


async def make_offers(connection: asyncpg.Connection, count: int, now: datetime, item: str = ITEM) -> list[int]:
    """Orders a few metres from each other, which the worker brings into the pool. Returns the ids of their offers."""
    made = [await _open(number, now, item) for number in range(count)]
    ends_at = monotonic() + _PATIENCE_S
    while len(rows := await connection.fetch(_OFFERS, made)) < count:
        if monotonic() > ends_at:
            raise BenchFailed("the worker does not bring orders into the pool")
    return [row["id"] for row in rows]


async def _open(number: int, now: datetime, item: str) -> int:
    lng, lat = HERE
    site = OrderSite(lng=lng + number * 0.0001, lat=lat, area_code=COMMITTEE, grid_code="")
    opening = Opening(
        item_code=item, scene=site, actor=None, actor_role="system", source_kind="report", reporter_kinds=None
    )
    return (await open_order(opening, now=now)).order_id


def grab_requests(here: Stage, offer_id: int, people: Sequence[Grabbing], key: str) -> list[bytes]:
    """One tap of each person at one offer."""
    return [_request(here, offer_id, person, f"{key}-{offer_id}-{person.actor.account_id}") for person in people]


def _request(here: Stage, offer_id: int, person: Grabbing, key: str) -> bytes:
    lines = (
        f"POST /api/v1/offers/{offer_id}/grab HTTP/1.1",
        f"Host: {here.host}:{here.port}",
        "User-Agent: yima-bench",
        "Accept: application/json",
        f"Authorization: Bearer {person.token}",
        f"Idempotency-Key: {key}",
        "Content-Length: 0",
    )
    return "\r\n".join(lines).encode() + b"\r\n\r\n"
