"""What became of a plate is told where it hung, and nowhere else: also to whoever repeats what was done to it."""

import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from qr import service as qr
from tests.makers.accounts import bearer, make_staff
from tests.makers.code_requests import DEMO_KEYS, hanging, second_door, unbound
from tests.makers.town import TOWN, make_town

WORDS = "张三家门口,电话13800001234"


@pytest.fixture
async def keeper(client) -> Actor:
    await make_town(clock.now())
    return await make_staff(Role.COMMITTEE, area=TOWN, name="王心怡")


@pytest.fixture
async def stranger(keeper) -> Actor:
    return await make_staff(Role.COMMITTEE, area="310104003")


async def ask(client, who: Actor, code: str, verb: str, body: dict[str, object]) -> tuple[int, str]:
    answer = await client.post(f"/api/v1/codes/{code}/{verb}", json=body, headers=bearer(who))
    return answer.status_code, answer.text


async def test_repeating_a_revocation_tells_a_stranger_nothing(client, keeper, stranger):
    code, _ = await hanging()
    await qr.revoke(code, actor=keeper, now=clock.now(), why=WORDS)

    status, text = await ask(client, stranger, code, "revoke", {"note": "again"})

    assert (status, WORDS in text, keeper.name in text) == (403, False, False)
    assert (await ask(client, keeper, code, "revoke", {"note": "again"}))[0] == 200


async def test_repeating_a_replacement_tells_a_stranger_nothing(client, keeper, stranger):
    (old, _), new = await hanging(), await unbound()
    await qr.replace(old, new, actor=keeper, now=clock.now(), why=WORDS)

    status, text = await ask(client, stranger, old, "replace", {"new_code": new})

    assert (status, WORDS in text, keeper.name in text) == (403, False, False)
    assert (await ask(client, keeper, old, "replace", {"new_code": new}))[0] == 200


async def test_a_plate_that_never_hung_is_told_of_where_it_was_minted_for(client, keeper, stranger):
    batch = await qr.mint(1, keys=DEMO_KEYS, now=clock.now(), area_code=TOWN)
    code = await db.fetchval("SELECT code FROM qr_code WHERE batch_id = $1", batch.id)
    await qr.revoke(code, actor=keeper, now=clock.now(), why=WORDS)

    answers = [
        await client.get(f"/api/v1/codes/{code}/history", headers=bearer(stranger)),
        await client.get(f"/codes/{code}", headers=bearer(stranger)),
    ]

    assert [(answer.status_code, WORDS in answer.text) for answer in answers] == [(403, False)] * 2
    assert (await client.get(f"/api/v1/codes/{code}/history", headers=bearer(keeper))).status_code == 200


async def test_no_verb_tells_a_stranger_of_a_plate(client, keeper, stranger):
    code, door = await hanging()
    await qr.mark_damaged(code, actor=keeper, now=clock.now(), why=WORDS)

    told = [
        await ask(client, stranger, code, "bind", {"place_id": door}),
        await ask(client, stranger, code, "rebind", {"place_id": await second_door()}),
        await ask(client, stranger, code, "replace", {"new_code": await unbound()}),
        await ask(client, stranger, code, "condition", {"condition": "damaged"}),
        await ask(client, stranger, code, "revoke", {"note": "gone"}),
    ]

    assert [(status, WORDS in text) for status, text in told] == [(403, False)] * 5
