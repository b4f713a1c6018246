"""Who verifies: two persons and no hand in it, a sample or the house itself; a failed fix restores the clock."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.geo.points import Fix
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.errors import HandledByYou
from backend.orders.model.inputs import CheckInInput, CoHandle, Reassign, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.checks import Sampling
from tests.makers.orders import (
    finish,
    make_accepted,
    make_arrived,
    make_handled,
    make_on_site,
    make_photos,
    state_of,
    verified_by,
)
from tests.makers.town import DOOR, TOWN, SmallTown, also_verifier, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")
NOBODY, HALF = Sampling(0, b"key"), Sampling(50, b"key")
PASS, FAIL = Verify(result="pass"), Verify(result="fail", note="没好")


async def steps_of(order_id: int) -> list[tuple]:
    rows = await db.fetch(
        "SELECT move, actor_id, actor_role, from_state, to_state FROM order_step WHERE order_id = $1"
        " AND move <> 'clock' ORDER BY id",
        order_id,
    )
    return [tuple(row) for row in rows]


async def test_an_easy_order_whose_proof_holds_is_passed_by_the_house_in_one_go(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)

    await finish(order_id, town.handlers[0], now, NOBODY)

    row = await db.fetchrow("SELECT state, closed_at, finished_at FROM work_order WHERE id = $1", order_id)
    assert tuple(row) == ("closed", now, now)
    assert (await steps_of(order_id))[-1] == ("auto_pass", None, "system", "handled", "closed")
    facts = await db.fetch("SELECT name FROM event_log WHERE subject_id = $1 ORDER BY id DESC LIMIT 2", order_id)
    assert [fact["name"] for fact in facts] == ["OrderClosed", "HandlerArrived"]


async def test_an_arrival_that_something_speaks_against_is_never_passed_by_the_house(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    made_up = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8, is_mock=True)
    await orders.check_in(order_id, CheckInInput(point=made_up), TransitionContext(actor=town.handlers[0], now=now))

    await finish(order_id, town.handlers[0], now, NOBODY)

    assert await state_of(order_id) == "handled"


async def test_an_order_that_is_drawn_waits_for_a_verifier_who_reads_why(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)

    await finish(order_id, town.handlers[0], now)

    assert await state_of(order_id) == "handled"
    order = await reads.get_order(order_id, town.verifier, now)
    assert order.verification is not None
    assert order.verification.check == "sample"


async def test_the_draw_is_that_of_the_key_and_of_no_other_chance(now):
    town = await make_town(now)
    order_ids = [await make_arrived(town, now) for _ in range(6)]

    for order_id in order_ids:
        await finish(order_id, town.handlers[0], now, HALF)

    expected = ["handled" if HALF.is_drawn(order_id, 0) else "closed" for order_id in order_ids]
    assert [await state_of(order_id) for order_id in order_ids] == expected
    assert set(expected) == {"handled", "closed"}


async def test_a_finish_that_is_sent_again_draws_and_passes_once(now):
    town = await make_town(now)
    order_id = await make_arrived(town, now)

    photos = await make_photos(town.handlers[0], 2)

    for _ in range(2):
        await finish(order_id, town.handlers[0], now, NOBODY, key="tap-00000001", photos=photos)

    assert [step[0] for step in await steps_of(order_id)].count("auto_pass") == 1


async def test_a_code_that_nobody_saw_being_scanned_is_no_ground_to_pass_by_oneself(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)

    await finish(order_id, town.handlers[0], now, NOBODY)

    assert await state_of(order_id) == "handled"


async def test_what_was_sent_back_once_is_always_looked_at(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    await orders.verify(order_id, FAIL, TransitionContext(actor=town.verifier, now=now))
    await db.execute("UPDATE work_order SET state = 'on_site' WHERE id = $1", order_id)

    await finish(order_id, town.handlers[0], now, NOBODY)

    assert await state_of(order_id) == "handled"


async def test_while_another_unit_still_works_nothing_passes_by_itself(now):
    town = await make_town(now)
    helper = await make_unit("sanitation")
    order_id = await make_arrived(town, now)
    by = TransitionContext(actor=town.handlers[0], now=now)
    await orders.co_handle(order_id, CoHandle(unit_id=helper, reason="需清扫"), by)

    await finish(order_id, town.handlers[0], now, NOBODY)

    assert await state_of(order_id) == "handled"


async def test_the_first_of_two_verifiers_is_named_to_the_second(now):
    town = await make_town(now)
    second = await make_actor("核查员二", Role.VERIFIER, TOWN)
    async with verified_by("two_person_check"):
        order_id = await make_handled(town, now)
        await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))

        order = await reads.get_order(order_id, second, now)

    assert order.verification is not None
    assert (order.verification.check, order.verification.passed_once_by) == ("two_persons", town.verifier.name)


async def test_a_dictionary_that_changes_meanwhile_moves_no_order_that_waits(now):
    town = await make_town(now)
    async with verified_by("two_person_check"):
        order_id = await make_handled(town, now)

    await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))

    assert await state_of(order_id) == "handled"


async def test_the_first_pass_of_a_round_that_failed_counts_no_more(now):
    town = await make_town(now)
    second = await make_actor("核查员二", Role.VERIFIER, TOWN)
    async with verified_by("two_person_check"):
        order_id = await make_handled(town, now)
        await orders.verify(order_id, PASS, TransitionContext(actor=town.verifier, now=now))
        await orders.verify(order_id, FAIL, TransitionContext(actor=second, now=now))
        await db.execute("UPDATE work_order SET state = 'on_site' WHERE id = $1", order_id)
        await finish(order_id, town.handlers[0], now)

        await orders.verify(order_id, PASS, TransitionContext(actor=second, now=now))

    assert await state_of(order_id) == "handled"


@pytest.mark.parametrize("verdict", [PASS, FAIL])
async def test_who_had_a_hand_in_it_before_it_was_given_to_another_verifies_it_neither(now, verdict):
    town = await make_town(now)
    first, second = town.handlers
    order_id = await make_accepted(town, now)
    to = Reassign(unit_id=town.unit_id, handler_id=second.account_id, reason="换人")
    await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=now))
    await _to_the_finish(order_id, second, town, now)

    with pytest.raises(HandledByYou):
        await orders.verify(order_id, verdict, TransitionContext(actor=also_verifier(first), now=now))


async def test_a_failed_fix_gives_the_handler_the_time_back_that_the_verifier_took(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    before = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)

    await orders.verify(order_id, FAIL, TransitionContext(actor=town.verifier, now=now + timedelta(minutes=25)))

    row = await db.fetchrow(
        "SELECT resolve_by, verify_by, rework_count, finished_at FROM work_order WHERE id = $1", order_id
    )
    assert tuple(row) == (before + timedelta(minutes=25), None, 1, None)


async def _to_the_finish(order_id: int, handler: Actor, town: SmallTown, now) -> None:
    by = TransitionContext(actor=handler, now=now)
    await orders.accept(order_id, by)
    await orders.check_in(order_id, CheckInInput(code=town.code), by)
    await finish(order_id, handler, now)
