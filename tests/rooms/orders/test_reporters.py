"""Two reporters of one order are one person: what each did is theirs, what both have stays, no step is rewritten."""

from datetime import datetime
from typing import Any

import asyncpg
import pytest

from backend import db
from backend.accounts.structs import Actor
from backend.orders import verbs as orders
from backend.orders.cases.followers import Joining
from backend.orders.transitions.transition import TransitionContext
from backend.reports import reporters as reports
from tests.makers.accounts import make_device
from tests.makers.orders import make_order
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")
_MERGE = "INSERT INTO account_merge (merged_id, survivor_id, token_hash, merged_at) VALUES ($1, $2, sha256('x'), now())"
_VERDICT = """
    INSERT INTO order_verdict (order_id, account_id, round, kind, score, step_id) VALUES ($1, $2, 0, 'rated', 5, $3)
"""


async def all_of(table: str, column: str) -> list[Any]:
    return [row[0] for row in await db.fetch(f"SELECT {column} FROM {table} ORDER BY id")]


async def reported_by(opener: Actor, joiner: Actor, now: datetime) -> int:
    """An order that both reported and rated."""
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    key = {"idempotency_key": "one-key", "now": now}
    await orders.join(order_id, Joining(closed_since=now), TransitionContext(actor=joiner, **key))  # type: ignore[arg-type]
    for table, column in (("report", "reporter_id"), ("work_order", "opened_by_id")):
        await db.execute(f"UPDATE {table} SET {column} = $1", opener.account_id)
    for number, each in enumerate((opener, joiner)):
        await db.execute(_VERDICT, order_id, each.account_id, number)
    return order_id


async def merge(merged: Actor, survivor: Actor) -> None:
    async with db.transaction():
        await db.execute(_MERGE, merged.account_id, survivor.account_id)
        await orders.lock_reported([merged.account_id, survivor.account_id])
        await orders.merge_reporters(merged.account_id, survivor.account_id)
        await reports.merge_reporters(merged.account_id, survivor.account_id)


async def test_who_joined_goes_on_as_who_opened_and_the_verdicts_of_both_stay(now: datetime) -> None:
    opener, joiner = await make_device(), await make_device()
    order_id = await reported_by(opener, joiner, now)

    await merge(joiner, opener)
    await orders.merge_reporters(joiner.account_id, opener.account_id)  # finds nothing left to do

    assert await all_of("work_order", "opened_by_id") == [opener.account_id]
    assert await all_of("order_follower", "account_id") == [], "one person is counted once"
    assert await all_of("order_verdict", "account_id") == [opener.account_id, joiner.account_id]
    steps = await db.fetch("SELECT actor_id, move FROM order_step WHERE order_id = $1 AND move = 'join'", order_id)
    assert [row["actor_id"] for row in steps] == [opener.account_id]
    assert await db.fetchval("SELECT actor_id FROM order_step_key") == opener.account_id


async def test_a_step_changes_its_actor_to_who_goes_on_and_nothing_else(now: datetime) -> None:
    opener, joiner = await make_device(), await make_device()
    await reported_by(opener, joiner, now)
    await db.execute(_MERGE, joiner.account_id, opener.account_id)
    change = "UPDATE order_step SET {what} WHERE move = 'join'"

    for what in (f"actor_id = {opener.account_id}, note = 'x'", "note = 'x'", "actor_id = NULL", "actor_id = -1"):
        with pytest.raises(asyncpg.RestrictViolationError):
            await db.execute(change.format(what=what))
    with pytest.raises(asyncpg.RestrictViolationError):
        await db.execute("DELETE FROM order_step")
    await db.execute(change.format(what=f"actor_id = {opener.account_id}"))


async def test_nobody_goes_on_as_somebody_who_was_merged(now: datetime) -> None:
    one, two, three = [(await make_device()).account_id for _ in range(3)]
    await db.execute(_MERGE, one, two)

    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="another"):
        await db.execute(_MERGE.replace("'x'", "'y'"), three, one)
    with pytest.raises(asyncpg.CheckViolationError):
        await db.execute(_MERGE.replace("'x'", "'z'"), three, three)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="another"):
        await db.execute(
            "INSERT INTO session (id, account_id, refresh_hash, opened_at, rotated_at, expires_at)"
            " VALUES (gen_random_uuid(), $1, sha256(''), now(), now(), now() + interval '1 day')",
            one,
        )
