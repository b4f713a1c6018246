"""抢单 on real connections: one winner by construction, quotas that hold, losers who wait for nobody."""

import asyncio
from collections import Counter
from datetime import timedelta
from time import monotonic

import asyncpg
import httpx
import pytest

from backend import clock, db
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden, OrderNotFound
from backend.orders.model.inputs import CheckInInput
from grab_orders.offers import expiring, giving_back, grabbing
from grab_orders.offers.errors import ArrivedAlready, NotGrabbed, NotHeld
from grab_orders.offers.structs import GiveBack, GiveBackReason, TakeView
from tests.fixtures.server import running_server
from tests.makers.accounts import bearer
from tests.makers.duty import make_volunteer
from tests.makers.pool import grab, make_offer, make_pool_town, offer_of, order_of_offer, takes_of, taps
from tests.makers.worker import deliver

MINUTE = timedelta(minutes=1)
CROWD = 60
LONGEST_S = 20.0
"""That nobody hangs; who taps is answered at once where nothing else runs."""
_HOLD = "SELECT id FROM offer WHERE id = $1 FOR UPDATE"


async def test_of_sixty_who_tap_at_two_webs_at_once_one_wins_and_all_hear_who(server_url, database, tmp_path):
    """How soon, is measured by `make bench-grab`, with 500: here other tests run beside."""
    now = clock.now()
    town, volunteers = await make_pool_town(now, volunteers=CROWD)
    offer_id, other_id = await make_offer(town, now), await make_offer(town, now)
    with running_server(database, tmp_path) as (second_url, _):
        async with (
            httpx.AsyncClient(base_url=server_url, timeout=60) as one,
            httpx.AsyncClient(base_url=second_url, timeout=60) as other,
        ):
            for web in (one, other):
                await asyncio.gather(*(web.get("/health") for _ in range(CROWD // 2)))
            taps = [(one, other)[number % 2] for number in range(CROWD)]
            answers = await asyncio.gather(
                *(tapped(web, offer_id, volunteer) for web, volunteer in zip(taps, volunteers, strict=True))
            )

    winner = await db.fetchval("SELECT handler_id FROM work_order WHERE state = 'accepted'")
    assert Counter(answer.status_code for answer, _ in answers) == {200: 1, 409: CROWD - 1}
    won = next(at for at, (answer, _) in enumerate(answers) if answer.status_code == 200)
    assert volunteers[won].account_id == winner
    lost = [answer.json() for answer, _ in answers if answer.status_code == 409]
    assert {problem["extra"]["winner"] for problem in lost} == {"志**"}
    assert {problem["extra"]["reason"] for problem in lost} == {"taken"}
    assert all([each["id"] for each in problem["extra"]["nearby"]] == [other_id] for problem in lost)
    assert await takes_of(offer_id) == [(winner, "held")]
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'grab'") == 1
    assert max(took_s for _, took_s in answers) < LONGEST_S


async def tapped(web, offer_id, volunteer):
    began = monotonic()
    headers = {**bearer(volunteer), "Idempotency-Key": f"tap-{volunteer.account_id:06}"}
    answer = await web.post(f"/api/v1/offers/{offer_id}/grab", headers=headers)
    return answer, monotonic() - began


@pytest.fixture
async def scene(database, now):
    return await make_pool_town(now, volunteers=3)


async def test_three_in_hand_hold_though_four_taps_come_at_once(scene, now):
    town, (anna, *_) = scene
    first_id, *offer_ids = [await make_offer(town, now) for _ in range(7)]
    await grab(first_id, anna, now)

    found = await asyncio.gather(*(grab(each, anna, now) for each in offer_ids), return_exceptions=True)

    assert sum(isinstance(each, TakeView) for each in found) == 2
    assert {each.extra["reason"] for each in found if isinstance(each, NotGrabbed)} == {"limit-reached"}
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE handler_id = $1", anna.account_id) == 3


async def test_one_key_from_many_phones_is_one_take_with_one_answer(scene, now):
    town, (anna, *_) = scene
    offer_id = await make_offer(town, now)

    found = await asyncio.gather(*(grab(offer_id, anna, now, "key-0001") for _ in range(12)))

    assert len({take.id for take in found}) == 1
    assert await takes_of(offer_id) == [(anna.account_id, "held")]


async def test_of_twelve_who_want_one_of_three_seats_three_have_one_each(scene, now):
    town, volunteers = scene
    volunteers += [await make_volunteer(now) for _ in range(9)]
    offer_id = await make_offer(town, now, needed=3)

    found = await asyncio.gather(*(grab(offer_id, each, now) for each in volunteers), return_exceptions=True)

    got = [each for each in found if isinstance(each, TakeView)]
    assert (len(got), sum(take.is_lead for take in got)) == (3, 1)
    assert len([each for each in found if isinstance(each, NotGrabbed)]) == 9
    seats = await db.fetch("SELECT seat FROM take ORDER BY seat")
    assert [row["seat"] for row in seats] == [1, 2, 3]


async def test_whoever_meets_a_grab_under_way_waits_for_nothing_and_is_told_in_time(scene, now, database):
    town, (anna, *_) = scene
    offer_id = await make_offer(town, now)
    stranger = await asyncpg.connect(database)
    try:
        async with stranger.transaction():
            await stranger.execute(_HOLD, offer_id)
            began = monotonic()
            with pytest.raises(NotGrabbed) as refused:
                await grab(offer_id, anna, now)
            took_s = monotonic() - began
    finally:
        await stranger.close()

    assert took_s < 1.0
    assert (refused.value.extra["reason"], refused.value.extra["winner"]) == ("taken", None)
    assert (await grab(offer_id, anna, now)).is_lead


async def test_whoever_was_first_and_failed_leaves_it_to_the_next(scene, now, database):
    town, (anna, *_) = scene
    offer_id = await make_offer(town, now)
    stranger = await asyncpg.connect(database)
    try:
        held = stranger.transaction()
        await held.start()
        await stranger.execute(_HOLD, offer_id)
        tap = asyncio.create_task(grab(offer_id, anna, now))
        await until(lambda: looked_in_vain(offer_id))
        await held.rollback()
        take = await tap
    finally:
        await stranger.close()

    assert (take.is_lead, (await offer_of(offer_id))["state"]) == (True, "held")


async def until(is_so):
    async with asyncio.timeout(5):
        while not await is_so():
            pass


async def looked_in_vain(offer_id):
    """Whoever taps has locked their own row by now: the next statements are those that find the offer locked."""
    return await db.fetchval("SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'grabber'::regclass)")


async def test_giving_back_running_out_and_arriving_at_once_leave_one_story(scene, now):
    town, _ = scene
    for _ in range(4):
        anna = await make_volunteer(now)
        offer_id = await make_offer(town, now)
        await grab(offer_id, anna, now)
        order_id = (await order_of_offer(offer_id))["id"]
        late = now + 31 * MINUTE
        no_time = GiveBack(reason=GiveBackReason.NO_TIME)
        found = await asyncio.gather(
            giving_back.give_back(offer_id, no_time, taps(anna, late)),
            orders.check_in(order_id, CheckInInput(code=town.code), taps(anna, late)),
            expiring.expire_leases(late),
            return_exceptions=True,
        )
        await deliver()

        refused = [each for each in found if isinstance(each, Exception)]
        assert all(isinstance(each, ArrivedAlready | NotHeld | MoveForbidden | OrderNotFound) for each in refused)
        offer, order = await offer_of(offer_id), await order_of_offer(offer_id)
        ((_, state),) = await takes_of(offer_id)
        assert (state, offer["state"], offer["taken"], order["state"]) in {
            ("arrived", "held", 1, "on_site"),
            ("given_back", "open", 0, "offered"),
            ("expired", "open", 0, "offered"),
        }
        assert (order["handler_id"] == anna.account_id) == (state == "arrived")


async def test_two_workers_end_windows_and_leases_once(scene, now):
    town, volunteers = scene
    offer_ids = [await make_offer(town, now) for _ in range(6)]
    for offer_id, volunteer in zip(offer_ids, volunteers, strict=False):
        await grab(offer_id, volunteer, now)
    late = now + 31 * MINUTE

    await asyncio.gather(*(end(late) for end in (expiring.expire_leases, expiring.close_windows) * 3))

    made = Counter(row["move"] for row in await db.fetch("SELECT move FROM order_step"))
    assert (made["grab"], made["offer_again"], made["end_offer"]) == (3, 3, 3)
    rows = await db.fetch("SELECT no_shows FROM grabber")
    assert [row["no_shows"] for row in rows] == [1, 1, 1]


def test_the_statement_that_wins_waits_for_no_lock_and_says_what_it_needs():
    assert "FOR UPDATE SKIP LOCKED" in grabbing.WIN
    assert all(part in grabbing.WIN for part in ("state = 'open'", "closes_at >", "taken < needed"))
