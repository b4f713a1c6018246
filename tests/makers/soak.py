"""Many volunteers and many orders for a while, all at once: who grabs, gives back, comes or does not; and the replay.

The clock of the street runs many times faster than ours, so that leases and windows end meanwhile. What the clock ends
is ended by two loops at once; facts are delivered here and by whatever worker runs beside, which may be killed.
"""

import asyncio
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.inputs import CheckInInput, Finish
from grab_orders.offers import expiring, giving_back, reads
from grab_orders.offers.errors import NotGrabbed
from grab_orders.offers.reads import OfferFilter
from grab_orders.offers.structs import GiveBack, GiveBackReason, TakeView
from tests.makers.orders import make_photos
from tests.makers.pool import BINS, grab, taps
from tests.makers.town import COMMITTEE, DOOR
from tests.makers.worker import deliver

EVERYTHING = ("give_back", "expired", "closed", "finish")
_PATIENCE_S = 90.0
_FACTS = """
    SELECT id, name, subject_id, body::text FROM event_log WHERE subject = 'offer' ORDER BY id
"""
_TAKEN_NOW = "UPDATE photo SET created_at = $2 WHERE id = ANY($1::uuid[])"
_TAKES = "SELECT id, offer_id, account_id, state FROM take ORDER BY id"
_ASTRAY = """
    SELECT o.id, o.state, f.state AS offer_state, f.taken, count(t.id) AS takes,
           count(t.id) FILTER (WHERE t.is_lead AND t.account_id = o.handler_id) AS led
    FROM offer f JOIN work_order o ON o.id = f.order_id
    LEFT JOIN take t ON t.offer_id = f.id AND t.state IN ('held', 'arrived', 'finished') AND t.round >= f.first_round
    GROUP BY o.id, f.id
    HAVING f.state <> 'ended' AND count(t.id) <> f.taken
        OR o.state = 'offered' AND f.state <> 'open'
        OR o.state IN ('accepted', 'on_site', 'handled') AND o.grabbed_at IS NOT NULL
           AND count(t.id) FILTER (WHERE t.is_lead AND t.account_id = o.handler_id) <> 1
"""
_UNOFFERED = """
    SELECT id FROM work_order o WHERE state = 'offered' AND NOT EXISTS (SELECT FROM offer WHERE order_id = o.id)
"""


@dataclass
class Soak:
    """What to do, and what was done."""

    volunteers: list[Actor]
    seconds: float
    orders_at_once: int
    began: datetime
    chance: random.Random
    faster: int
    area_code: str = COMMITTEE
    began_at: float = field(default_factory=monotonic)
    done: Counter[str] = field(default_factory=Counter)

    @property
    def now(self) -> datetime:
        return self.began + timedelta(seconds=(monotonic() - self.began_at) * self.faster)

    @property
    def is_over(self) -> bool:
        """After its time, and when everything happened at least once that was to; not for ever."""
        passed_s = monotonic() - self.began_at
        return passed_s > self.seconds and (all(self.done[what] for what in EVERYTHING) or passed_s > _PATIENCE_S)

    async def run(self) -> None:
        """Everybody at once, until the time is over."""
        people = (self._volunteer(each) for each in self.volunteers)
        await asyncio.gather(self._reporter(), self._clock(), self._clock(), self._deliverer(), *people)

    async def _reporter(self) -> None:
        """Keeps so many orders in the pool."""
        while not self.is_over:
            there = await db.fetchval("SELECT count(*) FROM work_order WHERE state IN ('offered', 'accepted')")
            for number in range(self.orders_at_once - there):
                await orders.open(_opening(number, self.area_code), now=self.now)
                self.done["opened"] += 1
            await asyncio.sleep(0.1)

    async def _clock(self) -> None:
        while not self.is_over:
            expired, closed = await expiring.expire_leases(self.now), await expiring.close_windows(self.now)
            self.done.update(expired=expired, closed=closed)
            await asyncio.sleep(0.05)

    async def _deliverer(self) -> None:
        while not self.is_over:
            await deliver(most=20)
            await asyncio.sleep(0.05)

    async def _volunteer(self, who: Actor) -> None:
        while not self.is_over:
            await asyncio.sleep(self.chance.uniform(0.01, 0.1))
            take = await self._grab_something(who)
            if take is not None:
                await self._do_something(who, take)

    async def _grab_something(self, who: Actor) -> TakeView | None:
        offered = (await reads.list_offers(who, OfferFilter(near=DOOR, limit=8), self.now)).items
        if not offered:
            return None
        try:
            return await grab(self.chance.choice(offered).id, who, self.now)
        except NotGrabbed as refused:
            self.done[refused.extra["reason"]] += 1
        except AppError as refused:
            self.done[refused.code] += 1
        return None

    async def _do_something(self, who: Actor, take: TakeView) -> None:
        """Give back, come and finish, come alone, or not come."""
        what = self.chance.choices(("give_back", "finish", "arrive", "nothing"), (3, 4, 1, 2))[0]
        by = taps(who, self.now)
        try:
            if what == "give_back":
                await giving_back.give_back(take.offer_id, GiveBack(reason=GiveBackReason.OTHER), by)
            elif what != "nothing":
                await orders.check_in(take.order.id, CheckInInput(point=_fix(take)), by)
            if what == "finish":
                before, after = photos = await make_photos(who, 2)
                await db.execute(_TAKEN_NOW, photos, self.now)
                evidence = Finish(before_photo_ids=[before], photo_ids=[after])
                await orders.finish(take.order.id, evidence, taps(who, self.now))
            self.done[what] += 1
        except AppError as refused:
            self.done[f"{what} refused: {refused.code}"] += 1


def _opening(number: int, area_code: str) -> Opening:
    site = OrderSite(lng=DOOR.lng, lat=DOOR.lat + number * 0.00001, area_code=area_code, grid_code="")
    system = {"actor": None, "actor_role": "system", "source_kind": "report", "reporter_kinds": None}
    return Opening(item_code=BINS, scene=site, **system)


def _fix(take: TakeView) -> Fix:
    return Fix(lng=take.order.lng, lat=take.order.lat, accuracy_m=5)


async def list_troubles() -> list[str]:
    """What is not as it must be, once every fact is delivered: what the log tells, and what the tables hold."""
    rows = await db.fetch(_FACTS)
    troubles, states = replay(rows)
    stored = {row["id"]: row["state"] for row in await db.fetch(_TAKES)}
    troubles += [f"take {key}: the log says {states.get(key)}, the table {stored.get(key)}" for key in stored | states
                 if states.get(key) != stored.get(key)]  # fmt: skip
    troubles += [f"astray: {dict(row)}" for row in await db.fetch(_ASTRAY)]
    troubles += [f"never offered: {row['id']}" for row in await db.fetch(_UNOFFERED)]
    return troubles


_AFTERWARDS = {
    "OfferTaken": "held",
    "OfferGivenBack": "given_back",
    "TakeExpired": "expired",
    "TakeEnded": "ended",
    "TakeArrived": "arrived",
    "TakeFinished": "finished",
}
_GONE = ("given_back", "expired", "ended")


def replay(rows: list[asyncpg.Record]) -> tuple[list[str], dict[int, str]]:
    """The takes as the facts alone tell them, and what cannot be: an order of two, somebody with four."""
    troubles: list[str] = []
    holder: dict[int, int] = {}
    in_hand: dict[int, set[int]] = defaultdict(set)
    states: dict[int, str] = {}
    for row in rows:
        if (state := _AFTERWARDS.get(row["name"])) is None:
            continue
        fact = msgspec.json.decode(row["body"])
        who, take = fact["account_id"], fact["take_id"]
        if state == "held" and row["subject_id"] in holder:
            troubles.append(f"offer {row['subject_id']} held twice, fact {row['id']}")
        states[take] = state
        if state in _GONE:
            holder.pop(row["subject_id"], None)
        else:
            holder[row["subject_id"]] = who
        in_hand[who] = in_hand[who] | {take} if state in ("held", "arrived") else in_hand[who] - {take}
        if len(in_hand[who]) > 3:
            troubles.append(f"account {who} has {len(in_hand[who])} in hand, fact {row['id']}")
    return troubles, states
