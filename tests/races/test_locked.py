"""An order that somebody holds locked: whoever wants it is told so soon, and nobody else notices."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from backend import clock, db
from tests.makers.accounts import bearer
from tests.makers.cases import make_neighbour
from tests.makers.orders import make_order, state_of
from tests.makers.town import make_town

MORE_THAN_THE_POOL = 40
AT_ONCE_S = 2.0
REASON = "不归我们管理"


@asynccontextmanager
async def held(database: str, order_id: int) -> AsyncIterator[None]:
    """Somebody has the row of this order locked meanwhile, as a stuck session does."""
    connection = await asyncpg.connect(database)
    try:
        async with connection.transaction():
            await connection.fetchval("SELECT id FROM work_order WHERE id = $1 FOR UPDATE", order_id)
            yield
    finally:
        await connection.close()


async def _orders(count: int):
    now = clock.now()
    town = await make_town(now)
    return town, [(await make_order(town, now)).receipt.order_id for _ in range(count)]


async def test_taps_on_one_locked_order_keep_nobody_from_another(client, database):
    town, (stuck, free) = await _orders(2)
    headers = bearer(town.handlers[0])

    async with held(database, stuck):
        waiting = [
            asyncio.create_task(client.post(f"/api/v1/orders/{stuck}/accept", json={}, headers=headers))
            for _ in range(MORE_THAN_THE_POOL)
        ]
        async with asyncio.timeout(AT_ONCE_S):
            others = [
                await client.get(f"/api/v1/orders/{stuck}", headers=headers),
                await client.post(f"/api/v1/orders/{free}/accept", json={}, headers=headers),
                await client.get("/api/v1/orders", headers=headers),
            ]
        told = await asyncio.gather(*waiting)

    assert [answer.status_code for answer in others] == [200, 200, 200]
    assert {answer.status_code for answer in told} == {503}
    assert {answer.json()["code"] for answer in told} == {"locked-by-another"}
    assert {answer.headers["retry-after"] for answer in told} == {"2"}
    assert all(answer.json()["detail_zh"] and answer.json()["detail_en"] for answer in told)
    assert await state_of(stuck) == "dispatched"


async def test_whatever_needs_a_locked_order_is_told_so_keeps_its_words_and_does_nothing(client, database):
    town, (stuck, other) = await _orders(2)

    async with held(database, stuck):
        wants = ("join", "merge", "accept", "cancel")
        answers = await asyncio.gather(*(_want(client, town, stuck, other, move) for move in wants))

    assert [answer.status_code for answer in answers] == [503] * 4
    assert all("此刻有人正在操作" in answer.text for answer in answers)
    assert REASON in answers[-1].text
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move <> 'open'") == 0


async def _want(client, town, stuck: int, other: int, move: str):
    if move == "join":
        headers = bearer(await make_neighbour())
        body = {"client_id": "neighbour-1", "order_id": stuck, "code": town.code}
        return await client.post("/api/v1/reports/joins", json=body, headers=headers)
    if move == "merge":
        body = {"into_id": stuck, "reason": REASON}
        return await client.post(f"/api/v1/orders/{other}/merge", json=body, headers=bearer(town.dispatcher))
    if move == "cancel":
        form = {"reason": REASON, "sure": "1", "key": "key-of-cancel"}
        return await client.post(f"/o/{stuck}/moves/cancel", data=form, headers=_page(bearer(town.dispatcher)))
    return await client.post(f"/o/{stuck}/accept", data={}, headers=_page(bearer(town.handlers[0])))


def _page(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"accept": "text/html", "origin": "http://127.0.0.1:8000"}
