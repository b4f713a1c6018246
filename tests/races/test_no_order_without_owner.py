"""No order without an owner, ever: in any town, at any hour, whatever happens to the order and whoever leaves.

Each example is a town of its own: units with and without rules, rosters and people, teams, named duties, some of the
people gone. Orders are opened, accepted, returned, passed on and reassigned there at random instants, and people leave,
with or without orders. After each move the order is with somebody who can act on it, or with a unit that has such
people, or at the centre, which was told of it; after somebody left, so is every order.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend import db
from backend.accounts import queries as accounts
from backend.accounts import service as staff
from backend.accounts.structs import Actor, UnitDraft
from backend.duty import service as duty
from backend.items import service as items
from backend.orders import verbs as orders
from backend.orders.assignment.errors import UnitEmpty
from backend.orders.assignment.handing_over import hand_over
from backend.orders.assignment.passing_on import pass_on_unaccepted
from backend.orders.deadlines.escalation.levels import RecipientRole
from backend.orders.deadlines.escalation.recipients import EscalatedOrder, list_recipients
from backend.orders.model.inputs import Reassign, Return, ReturnReason
from backend.orders.transitions.transition import TransitionContext
from backend.wiring import REACTIONS
from tests.makers.duty import CELL, NEXT_CELL, make_handler, make_team, name, open_order, order_of
from tests.makers.town import COMMITTEE, TOWN, make_town

EXAMPLES = int(os.environ.get("YIMA_OWNER_EXAMPLES", "40"))
DISTRICT, ELSEWHERE = TOWN[:6], "310104003"
HOUR = timedelta(hours=1)
ITEMS = ("A101", "A402", "B101", "A301")
"""On all three clocks, for the units of three types."""
_codes = count(1)


@dataclass(frozen=True)
class Person:
    area: str
    is_gone: bool
    shifts: tuple[tuple[int, int | None], ...]
    """Hours from the beginning, and how many."""
    is_named_for: str | None
    is_watched: bool


@dataclass(frozen=True)
class Unit:
    rule: tuple[str | None, str | None, str] | None
    """Item or unit type, and the area."""
    people: tuple[Person, ...]
    beat: tuple[str, ...]


@dataclass(frozen=True)
class Town:
    units: list[int]
    people: list[Actor]
    dispatcher: Actor


AREAS = st.sampled_from([TOWN, COMMITTEE, DISTRICT])
# Most towns work most of the time, or every order would lie at the centre from the first.
OFTEN = (True, True, True, False)
rules = st.one_of(
    st.tuples(st.none(), st.just("chengguan_patrol"), AREAS),
    st.tuples(st.just("A101"), st.none(), AREAS),
    st.tuples(st.sampled_from(ITEMS), st.none(), AREAS),
    st.none(),
)
shifts = st.tuples(st.integers(-12, 40), st.none() | st.integers(4, 12)) | st.just((-1_000, 8))
people = st.builds(
    Person,
    area=st.sampled_from([TOWN, TOWN, TOWN, COMMITTEE, ELSEWHERE]),
    is_gone=st.sampled_from(OFTEN).map(lambda often: not often),
    shifts=st.lists(shifts, max_size=2, unique_by=lambda shift: shift[0]).map(tuple),
    is_named_for=st.sampled_from([None, None, None, "", *ITEMS]),
    is_watched=st.booleans(),
)
units = st.builds(
    Unit,
    rule=rules,
    people=st.lists(people, min_size=1, max_size=3).map(tuple) | st.just(()),
    beat=st.sampled_from([(), (CELL,), (CELL, NEXT_CELL)]),
)
# The last resort of the rules: a unit that works, as long as its people stay.
last_units = st.builds(
    Unit,
    rule=st.just((None, "chengguan_patrol", DISTRICT)),
    people=st.lists(
        st.builds(
            Person,
            area=st.just(TOWN),
            is_gone=st.just(False),
            shifts=st.lists(shifts, max_size=1).map(tuple),
            is_named_for=st.none(),
            is_watched=st.just(False),
        ),
        min_size=1,
        max_size=2,
    ).map(tuple),
    beat=st.just(()),
)
happenings = st.lists(
    st.tuples(
        st.sampled_from(["open", "open", "accept", "give_back", "fall", "fall", "reassign", "reassign", "leave"]),
        st.integers(0, 11),
        st.integers(0, 20),
        st.sampled_from(["A101", "A101", "A101", *ITEMS]),
    ),
    min_size=6,
    max_size=20,
)


@pytest.fixture
async def ground(database, now):
    return await make_town(now, handlers=0)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(last=last_units, more=st.lists(units, max_size=3), days=happenings)
async def test_every_order_is_with_somebody_who_can_act_or_at_a_centre_that_knows(ground, now, last, more, days):
    town = await build([*more, last], ground.dispatcher, now)
    opened: list[int] = []
    at = now

    for what, which, hours, item in days:
        at += hours * HOUR
        for order_id in await happen(what, which, item, opened, town, at):
            await require_owner(order_id)


async def happen(what: str, which: int, item: str, opened: list[int], town: Town, at: datetime) -> list[int]:
    """Let it happen, to one of what there is. Returns the orders that have a new owner."""
    if what == "open":
        cell = (CELL, NEXT_CELL)[which % 2]
        opened.append((await open_order(at, item=item, cell=cell)).order_id)
        return opened[-1:]
    if what == "leave" and town.people:
        await duty.deactivate(town.people[which % len(town.people)].account_id, at)
        await hand_over(at)
        return opened
    if opened and what == "accept":
        return await accept(opened[which % len(opened)], at)
    if what == "fall":
        return await fall(opened, at)
    if opened and what == "give_back":
        return await give_back(opened[which % len(opened)], at)
    if opened and what == "reassign":
        return await reassign(opened[which % len(opened)], town.units[which % len(town.units)], town, at)
    return []


async def accept(order_id: int, at: datetime) -> list[int]:
    order = await order_of(order_id)
    able = await accounts.list_handlers(order["unit_id"], COMMITTEE) if order["unit_id"] is not None else []
    if order["state"] != "dispatched" or not able:
        return []
    holder = order["handler_id"] or able[0]
    await orders.accept(order_id, TransitionContext(actor=await accounts.get_actor(holder), now=at))
    return [order_id]


async def fall(opened: list[int], at: datetime) -> list[int]:
    before = {order_id: (await order_of(order_id))["version"] for order_id in opened}
    await pass_on_unaccepted(at)
    assert await db.fetchval(_STILL_DUE, at) == 0
    return [order_id for order_id in opened if (await order_of(order_id))["version"] != before[order_id]]


async def give_back(order_id: int, at: datetime) -> list[int]:
    order = await order_of(order_id)
    if order["unit_id"] is None:
        return []
    holder = order["handler_id"] or (await accounts.list_handlers(order["unit_id"], COMMITTEE) or [None])[0]
    if holder is None:
        return []
    by = TransitionContext(actor=await accounts.get_actor(holder), now=at)
    await orders.give_back(order_id, Return(reason=ReturnReason.NOT_OURS), by)
    return [order_id]


async def reassign(order_id: int, unit_id: int, town: Town, at: datetime) -> list[int]:
    before = await order_of(order_id)
    try:
        to = Reassign(unit_id=unit_id, reason="改派")
        await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=at))
    except UnitEmpty:
        assert await accounts.list_handlers(unit_id, COMMITTEE) == []
        assert await order_of(order_id) == before
        return []
    return [order_id]


async def require_owner(order_id: int) -> None:
    order = await order_of(order_id)
    if order["unit_id"] is not None:
        able = await accounts.list_handlers(order["unit_id"], COMMITTEE)
        assert able, "a unit that has an order has people for it"
        assert order["handler_id"] is None or order["handler_id"] in able, "whoever has it can act on it"
        return
    assert (order["state"], order["handler_id"]) == ("dispatched", None), "at the centre nobody else has it"
    fact = await db.fetchrow(
        "SELECT name, unit_id, body FROM event_log WHERE subject = 'order' AND subject_id = $1 ORDER BY id DESC",
        order_id,
    )
    body = msgspec.json.decode(fact["body"])
    assert (fact["unit_id"], body["handler_id"]) == (None, None)
    assert "push.notify_responsible" in REACTIONS[fact["name"]]
    nobody = EscalatedOrder(area_code=COMMITTEE, unit_id=None, handler_id=None, supervisor_id=None)
    [people] = await list_recipients([(RecipientRole.UNIT, nobody)])
    assert people, "the centre is notified"


async def build(made: list[Unit], dispatcher: Actor, now: datetime) -> Town:
    """A town of these units and no others: the units of the towns before answer for nothing any more."""
    await db.execute("DELETE FROM responsibility_rule")
    built: list[tuple[int, list[Actor]]] = []
    for unit in made:
        code = f"unit-{next(_codes)}"
        unit_id = await staff.add_unit(UnitDraft(code=code, name_zh=code, unit_type="chengguan_patrol", area_code=TOWN))
        if unit.rule is not None:
            item, unit_type, area = unit.rule
            await items.set_rule(unit_id=unit_id, area_code=area, item_code=item, unit_type=unit_type)
        built.append((unit_id, await fill(unit, unit_id, dispatcher, now)))
    return Town([unit_id for unit_id, _ in built], [one for _, found in built for one in found], dispatcher)


async def fill(unit: Unit, unit_id: int, dispatcher: Actor, now: datetime) -> list[Actor]:
    actors = [await make_handler(unit_id, area=person.area) for person in unit.people]
    team_id = await make_team(unit_id, *actors[:2], beat=list(unit.beat))
    for person, actor in zip(unit.people, actors, strict=True):
        for starts, length in person.shifts:
            starts_at = now + starts * HOUR
            ends_at = None if length is None else starts_at + length * HOUR
            await duty.start_shift(actor.account_id, unit_id, TOWN, starts_at, ends_at)
        if person.is_named_for is not None:
            where = {"team_id": team_id} if person.is_watched else {"area_code": TOWN}
            supervisor = dispatcher if person.is_watched else None
            await name(unit_id, actor, supervisor=supervisor, item_code=person.is_named_for or None, **where)
        if person.is_gone:
            await duty.deactivate(actor.account_id, now)
    return actors


_STILL_DUE = "SELECT count(*) FROM work_order WHERE state = 'dispatched' AND unit_id IS NOT NULL AND respond_by <= $1"
