"""A model of one offer beside the real one: grabbed, given back, run out, arrived at, finished, closed, cancelled.

Each example is the life of one order in the pool, with three people and a clock that goes on. What the model says must
happen is what the product does, and what both hold afterwards is the same.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from backend import db
from backend.errors import AppError
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish
from grab_orders.offers import expiring, giving_back
from grab_orders.offers.errors import NotGrabbed
from grab_orders.offers.structs import GiveBack, GiveBackReason
from tests.makers.orders import make_photos
from tests.makers.pool import grab, make_offer, make_pool_town, offer_of, order_of_offer, takes_of, taps
from tests.makers.worker import deliver

EXAMPLES = int(os.environ.get("YIMA_OFFER_EXAMPLES", "15"))
MINUTE = timedelta(minutes=1)
WINDOW, LEASE = 10 * MINUTE, 30 * MINUTE
REFUSED = "refused"
ORDER_STATES = {"open": "offered", "held": "accepted", "arrived": "on_site", "finished": "handled"}


@dataclass
class Model:
    """What should be. `stage`: open, held, arrived, finished, or why it ended."""

    now: datetime
    closes_at: datetime
    stage: str = "open"
    round: int = 1
    holder: int | None = None
    lease_until: datetime | None = None
    story: list[tuple[int, str]] = field(default_factory=list)
    cools_until: dict[int, datetime] = field(default_factory=dict)
    no_shows: dict[int, int] = field(default_factory=dict)

    def grab(self, who: int) -> str:
        """The lease, or the reason why not."""
        if who == self.holder:
            return "got"
        if self.stage != "open":
            return "taken" if self.holder else "withdrawn"
        if self.closes_at <= self.now:
            return "window-over"
        if any(person == who for person, _ in self.story):
            return "gave-back-before"
        if self.cools_until.get(who, self.now) > self.now:
            return "cooling-down"
        self.stage, self.holder, self.lease_until = "held", who, self.now + LEASE
        self.story.append((who, "held"))
        return "got"

    def give_back(self, who: int) -> str:
        if who == self.holder and self.stage == "held":
            self._comes_back("given_back")
            return "done"
        return "done" if (who, "given_back") in self.story else REFUSED

    def arrive(self, who: int) -> str:
        return self._moves(who, "held", "arrived")

    def finish(self, who: int) -> str:
        return self._moves(who, "arrived", "finished")

    def expire(self, _who: int) -> str:
        if self.stage != "held" or self.lease_until is None or self.lease_until > self.now:
            return "0"
        assert self.holder is not None
        times = self.no_shows[self.holder] = self.no_shows.get(self.holder, 0) + 1
        self.cools_until[self.holder] = self.now + timedelta(hours=(1, 24, 72)[min(times, 3) - 1])
        self._comes_back("expired")
        return "1"

    def close(self, _who: int) -> str:
        if self.stage != "open" or self.closes_at > self.now:
            return "0"
        self.stage = "dispatched"
        return "1"

    def cancel(self, _who: int) -> str:
        if self.stage in ("cancelled", "finished"):
            return REFUSED
        if self.holder is not None:
            self._ends("ended")
        self.stage = "cancelled"
        return "done"

    def _moves(self, who: int, before: str, after: str) -> str:
        if who != self.holder or self.stage != before:
            return REFUSED
        self.stage = after
        self._ends(after)
        self.holder = who
        return "done"

    def _comes_back(self, how: str) -> None:
        self._ends(how)
        self.stage = "open" if self.round == 1 else "dispatched"
        if self.round == 1:
            self.round, self.closes_at = 2, self.now + WINDOW

    def _ends(self, how: str) -> None:
        assert self.holder is not None
        self.story[-1] = (self.holder, how)
        self.holder = None


async def do(what: str, offer_id: int, order_id: int, code: str, by) -> str:
    """The same in the product."""
    try:
        match what:
            case "grab":
                await grab(offer_id, by.actor, by.now)
                return "got"
            case "give_back":
                await giving_back.give_back(offer_id, GiveBack(reason=GiveBackReason.OTHER), by)
            case "arrive":
                await orders.check_in(order_id, CheckInInput(code=code), by)
            case "finish":
                before, after = await make_photos(by.actor, 2)
                await orders.finish(order_id, Finish(before_photo_ids=[before], photo_ids=[after]), by)
            case "expire":
                return str(await expiring.expire_leases(by.now))
            case "close":
                return str(await expiring.close_windows(by.now))
            case "cancel":
                await orders.cancel(order_id, "误报", by)
    except NotGrabbed as refused:
        return refused.extra["reason"]
    except AppError:
        return REFUSED
    return "done"


people = st.integers(0, 2)
move = st.one_of(
    st.tuples(st.just("grab"), people),
    st.tuples(st.sampled_from(["grab", "give_back", "arrive", "finish"]), people),
    st.tuples(st.sampled_from(["expire", "close", "wait 4", "wait 11", "wait 31"]), people),
    st.tuples(st.sampled_from(["expire", "close", "cancel", "wait 65"]), people),
)


@pytest.fixture
async def cast(database, now):
    return await make_pool_town(now, volunteers=3)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(life=st.lists(move, min_size=4, max_size=20))
async def test_what_becomes_of_an_offer_is_what_the_model_says(cast, now, life):
    town, volunteers = cast
    await db.execute("UPDATE take SET state = 'ended', ended_at = now(), end_reason = 'done' WHERE ended_at IS NULL")
    await db.execute("UPDATE offer SET state = 'ended', end_reason = 'closed', taken = 0 WHERE state <> 'ended'")
    await db.execute("UPDATE grabber SET cools_until = NULL, no_shows = 0, given_back = 0")
    offer_id = await make_offer(town, now)
    order_id = (await order_of_offer(offer_id))["id"]
    model = Model(now=now, closes_at=now + WINDOW)

    for what, who in life:
        if what.startswith("wait"):
            model.now += int(what.removeprefix("wait ")) * MINUTE
            continue
        actor = town.dispatcher if what == "cancel" else volunteers[who]
        expected = getattr(model, what)(volunteers[who].account_id)
        assert await do(what, offer_id, order_id, town.code, taps(actor, model.now)) == expected, (what, who)
        if what == "cancel" or model.now.minute % 2:
            await deliver()
        await require_the_same(offer_id, model)
    await deliver()
    await require_the_same(offer_id, model)


async def require_the_same(offer_id: int, model: Model) -> None:
    order = await order_of_offer(offer_id)
    assert order["state"] == ORDER_STATES.get(model.stage, model.stage)
    assert order["handler_id"] == model.holder or model.stage in ("dispatched", "cancelled")
    if await db.fetchval("SELECT EXISTS (SELECT FROM event_pending)"):
        return
    offer, is_open = await offer_of(offer_id), model.stage == "open"
    is_over = model.stage in ("dispatched", "cancelled")
    assert offer["state"] == ("open" if is_open else "ended" if is_over else "held")
    assert (offer["taken"], offer["round"]) == (int(model.holder is not None), model.round)
    assert await takes_of(offer_id) == model.story
    assert not is_open or timedelta(0) <= offer["closes_at"] - model.closes_at <= timedelta(milliseconds=1)
