"""A machine that makes any move at any time, alone or two at once, and looks whether the house still stands.

Each example is the life of one order: several people try moves in random order, often forbidden, often at the same
instant; the house passes on what nobody accepted, ends and renews offers, and hands over what somebody has who loses
the role. After every beat, an hour after the one before, the invariants are checked on the database itself; what is
counted of an order as it goes on is at its end what a recount says.
"""

import asyncio
import os
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.duty import service as duty
from backend.errors import AppError, Conflict
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.assignment.handing_over import hand_over_one
from backend.orders.assignment.passing_on import pass_on
from backend.orders.model.inputs import (
    Appeal,
    AskExtension,
    AskSuspension,
    Called,
    CallResult,
    CheckInInput,
    CoHandle,
    Decide,
    Finish,
    MakeSafe,
    Reassign,
    Release,
    Return,
    ReturnReason,
    SelfHandled,
    Verify,
)
from backend.orders.model.states import ENDED
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.checks import Sampling
from backend.orders.verifying.closing import as_reporter
from tests.makers.duty import make_volunteer, put_on_duty
from tests.makers.indicators import count_what_happened, require_counted_rightly
from tests.makers.orders import make_order, make_photos, verified_by
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor, make_town, make_unit

EXAMPLES = int(os.environ.get("YIMA_LIFE_EXAMPLES", "20"))
BEATS = 24
HELD = (Grant(Role.HANDLER, TOWN), Grant(Role.VOLUNTEER, COMMITTEE))
HERE = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)


async def finish(order_id, town, by):
    """Half of the easy orders are passed by the house, where the proof holds."""
    before, after = await make_photos(by.actor, 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, by, Sampling(50, b"key"))


async def self_handle(order_id, town, by):
    before, after = await make_photos(by.actor, 2)
    await orders.self_handle(order_id, SelfHandled(before_photo_ids=[before], after_photo_ids=[after]), by)


async def make_safe(order_id, town, by):
    await orders.make_safe(order_id, MakeSafe(photo_ids=await make_photos(by.actor)), by)


async def check_in_offline(order_id, town, by):
    made = msgspec.structs.replace(by, captured_at=by.now - timedelta(minutes=5))
    await orders.check_in(order_id, CheckInInput(code=town.code), made)


async def appeal(order_id, town, by):
    photos = await make_photos(by.actor)
    await orders.check_in(order_id, CheckInInput(appeal=Appeal(reason="扫不到", photo_ids=photos)), by)


async def fall(order_id, town, by):
    """Whoever happens to stand there: the house moves by the clock."""
    if not await pass_on(order_id, by.now):
        raise Conflict


async def leave(order_id, town, by):
    """Whoever has it loses the role for a moment, and the house hands it over."""
    holder = await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id)
    lost = [role for role in HELD if holder is not None and await accounts.ungrant(holder, role)]
    if not lost:
        raise Conflict
    is_handed_over = await hand_over_one(order_id, by.now)
    for role in lost:
        await accounts.grant(holder, role)
    if not is_handed_over:
        raise Conflict


async def end_offer(order_id, town, by):
    if not await orders.end_offer(order_id, by.now, "window_over"):
        raise Conflict


async def offer_again(order_id, town, by):
    if not await orders.offer_again(order_id, by.now, reason="no_show", until=by.now + timedelta(minutes=3)):
        raise Conflict


MOVES = {
    "release": lambda o, t, by: orders.release(o, Release(), by),
    "grab": lambda o, t, by: orders.grab(o, by.actor, by.now),
    "end_offer": end_offer,
    "offer_again": offer_again,
    "accept": lambda o, t, by: orders.accept(o, by),
    "check_in": lambda o, t, by: orders.check_in(o, CheckInInput(code=t.code), by),
    "check_in_offline": check_in_offline,
    "appeal": appeal,
    "check_in_by_position": lambda o, t, by: orders.check_in(o, CheckInInput(point=HERE), by),
    "make_safe": make_safe,
    "finish": finish,
    "give_back": lambda o, t, by: orders.give_back(o, Return(reason=ReturnReason.NOT_OURS), by),
    "reassign": lambda o, t, by: orders.reassign(o, Reassign(unit_id=t.unit_id, reason="改派"), by),
    "ask_extension": lambda o, t, by: orders.ask_extension(o, AskExtension(minutes=20, reason="车多"), by),
    "ask_suspension": lambda o, t, by: orders.ask_suspension(o, AskSuspension(reason="下雨"), by),
    "grant": lambda o, t, by: orders.decide(o, Decide(is_granted=True), by),
    "refuse": lambda o, t, by: orders.decide(o, Decide(is_granted=False, reason="不行"), by),
    "resume": lambda o, t, by: orders.resume(o, by),
    "co_handle": lambda o, t, by: orders.co_handle(o, CoHandle(unit_id=t.unit_id, reason="协办"), by),
    "urge": lambda o, t, by: orders.urge(o, "快", by),
    "supervise": lambda o, t, by: orders.supervise(o, "盯", by),
    "cancel": lambda o, t, by: orders.cancel(o, "误报", by),
    "self_handle": self_handle,
    "pass": lambda o, t, by: orders.verify(o, Verify(result="pass"), by),
    "fail": lambda o, t, by: orders.verify(o, Verify(result="fail", note="没好"), by),
    "confirm": lambda o, t, by: orders.confirm(o, by),
    "dispute": lambda o, t, by: orders.dispute(o, "没好", by),
    "reopen": lambda o, t, by: orders.reopen(o, "还在", by),
    "rate": lambda o, t, by: orders.rate(o, 4, "", by),
    "fall": fall,
    "leave": leave,
    "keep_call": lambda o, t, by: orders.record_call(o, Called(result=CallResult.UNREACHED), by),
}
BY_THE_HOUSE = ("clock", "auto_pass")
PEOPLE = (
    "on_duty",
    "colleague",
    "of_the_district",
    "verifier",
    "dispatcher",
    "inspector",
    "reporter",
    "stranger",
    "volunteer",
)
STRAIGHT_ON = [
    *(("release", "dispatcher"), ("grab", "volunteer"), ("grab", "on_duty"), ("grab", "volunteer")),
    *(("check_in_by_position", "volunteer"), ("finish", "volunteer")),
    *(("accept", "on_duty"), ("check_in_by_position", "on_duty"), ("finish", "on_duty")),
    *(
        ("pass", "verifier"),
        ("fail", "inspector"),
        ("confirm", "reporter"),
        ("dispute", "reporter"),
        ("fall", "on_duty"),
        ("leave", "on_duty"),
    ),
]
"""Half of the attempts are moves that may well succeed, so that lives are long."""
attempted = st.one_of(st.sampled_from(STRAIGHT_ON), st.tuples(st.sampled_from([*MOVES]), st.sampled_from(PEOPLE)))
beat = st.lists(attempted, min_size=1, max_size=2)


@pytest.fixture
async def cast(database, now):
    """The town and its people, once for all lives."""
    town = await make_town(now)
    district = await make_actor("区巡查员", Role.HANDLER, TOWN, unit_id=await make_unit("chengguan_patrol", TOWN[:6]))
    await put_on_duty(district, now)
    people = {
        "on_duty": town.handlers[0],
        "colleague": town.handlers[1],
        "of_the_district": district,
        "verifier": town.verifier,
        "dispatcher": town.dispatcher,
        "inspector": await make_actor("网格员", Role.INSPECTOR, TOWN),
        "reporter": as_reporter(town.resident.account_id),
        "stranger": await make_actor("路人", Role.RESIDENT, ""),
        "volunteer": await make_volunteer(now, is_on_call=False),
    }
    await duty.go_on_call(people["volunteer"], COMMITTEE, now, until=now + timedelta(hours=BEATS))
    return town, people


@pytest.mark.parametrize("mode", ["photo_auto", "merchant_confirm"])
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life=st.lists(beat, min_size=4, max_size=BEATS))
async def test_no_order_of_moves_by_anybody_breaks_an_order(cast, now, mode, life):
    async with verified_by(mode):
        await live(cast, now, life)


async def live(cast, now, life):
    town, people = cast
    order_id = (await make_order(town, now)).receipt.order_id
    seen = await look(order_id)

    for hour, moves in enumerate(life):
        at = now + timedelta(hours=hour)
        attempts = [attempt(order_id, town, name, TransitionContext(actor=people[who], now=at)) for name, who in moves]
        succeeded = sum(await asyncio.gather(*attempts))
        seen = await check(order_id, seen, succeeded)
        if hour % 6 == 0:
            await count_what_happened()
    await count_what_happened()
    await require_counted_rightly()


async def attempt(order_id: int, town: SmallTown, name: str, by: TransitionContext) -> bool:
    """Whether the move was made; a refusal is one of ours, never an accident."""
    try:
        await MOVES[name](order_id, town, by)
    except AppError:
        return False
    return True


async def look(order_id: int) -> tuple:
    order = await db.fetchrow("SELECT * FROM work_order WHERE id = $1", order_id)
    steps = await db.fetch("SELECT * FROM order_step WHERE order_id = $1 ORDER BY id", order_id)
    return order, steps


async def check(order_id: int, before: tuple, succeeded: int) -> tuple:
    old_order, old_steps = before
    order, steps = await look(order_id)
    moves = [step for step in steps if step["move"] != "clock"]
    made = [step for step in steps[len(old_steps) :] if step["move"] not in BY_THE_HOUSE]

    assert steps[: len(old_steps)] == old_steps, "steps are append-only"
    assert len(made) == succeeded, "one step for each success"
    assert replayed(moves) == order["state"], "the steps replay to the present state"
    assert (order["version"] > old_order["version"]) is bool(succeeded), "the version counts every change"
    assert order["resolve_by"] >= old_order["resolve_by"], "the clock never runs backwards"
    assert order["state"] in ENDED or has_owner(order), "somebody answers for it"
    assert not arrived_early(order), "nobody arrives before accepting"
    assert is_nobodys(order), "what is offered is nobody's until somebody grabs it"
    return order, steps


def replayed(moves: list) -> str:
    state = None
    for step in moves:
        assert step["from_state"] == state
        state = step["to_state"]
    return state


def arrived_early(order) -> bool:
    return bool(order["arrived_at"] and order["accepted_at"] and order["arrived_at"] < order["accepted_at"])


def is_nobodys(order) -> bool:
    return order["state"] != "offered" or (order["handler_id"], order["grabbed_at"]) == (None, None)


def has_owner(order) -> bool:
    """Who holds it, a unit's pool, or the centre, where an order has no unit and waits for the desk, or ended there."""
    nobody_has_it = order["unit_id"] is None and order["handler_id"] is None
    at_the_centre = nobody_has_it and order["state"] in ("offered", "dispatched", "cancelled")
    return bool(order["handler_id"] or order["unit_id"]) or at_the_centre
