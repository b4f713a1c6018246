"""Webhooks out: signed, in the order of each record, caught up after the receiver was away, nothing twice by its id."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import msgspec
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.events import queries as log
from backend.intake.outgoing import announcing, endpoints, retention, sending
from backend.intake.outgoing.structs import EndpointDraft, NewEndpoint
from backend.intake.records import receiving
from backend.intake.sources import signatures
from backend.intake.sources.structs import Source
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.fakes.server import DROPPED, Answer, Asked, Server, Trouble
from tests.makers.accounts import make_staff
from tests.makers.intake import demo_seal, make_source, told, wire
from tests.makers.town import SmallTown, make_town
from tests.makers.worker import deliver

pytestmark = pytest.mark.usefixtures("intake")


@pytest.fixture
def now() -> datetime:
    """What reactions write has the time of the machine."""
    return clock.now()


class Receiver:
    """The other system: it answers 204 and remembers what it was told, in order."""

    def __init__(self) -> None:
        self.server = Server(self._answer)

    async def _answer(self, _: Asked) -> Answer:
        return Answer(body=b"", status=204)

    def told(self) -> list[tuple[str, str]]:
        """Type and source number of each message, one of each webhook-id."""
        first = {asked.headers["webhook-id"]: asked for asked in reversed(self.server.asked)}
        events = [each.json() for each in sorted(first.values(), key=self.server.asked.index)]
        return [(event["type"], event["data"]["source_no"]) for event in events]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.server.start()
    yield receiver
    await receiver.server.close()


async def hear(source: Source, url: str, now: datetime) -> tuple[NewEndpoint, int]:
    admin = await make_staff(Role.STREET_ADMIN)
    made = await endpoints.set_endpoint(source.name, EndpointDraft(url=url), admin, demo_seal(), now)
    return made, await db.fetchval("SELECT id FROM webhook_endpoint WHERE source_id = $1", source.id)


async def tell(source: Source, town: SmallTown, number: str, now: datetime) -> int:
    message = told(number, code=town.code)
    order_id = (await receiving.receive(source, message, wire(message), now=now)).order_id
    assert order_id is not None
    return order_id


async def test_a_source_hears_signed_what_becomes_of_its_own_and_a_fact_that_is_delivered_twice_once(now, receiver):
    town, source, other = await make_town(now), await make_source(now), await make_source(now)
    made, endpoint_id = await hear(source, f"{receiver.server.url}/hooks?town=1", now)
    order_id = await tell(source, town, "1", now)
    await tell(other, town, "2", now)
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))
    await orders.cancel(order_id, "重复", TransitionContext(actor=town.dispatcher, now=now))
    await deliver()
    ids = [row["id"] for row in await db.fetch("SELECT id FROM event_log ORDER BY id")]
    await announcing.announce(await log.list_by_ids(ids))

    assert await sending.send(endpoint_id, clock.now) == 3
    assert await sending.send(endpoint_id, clock.now) == 0
    assert receiver.told() == [("record.filed", "1"), ("order.accepted", "1"), ("order.cancelled", "1")]
    first = receiver.server.asked[0]
    assert (first.path, first.query) == ("/hooks", {"town": "1"})
    assert first.headers["host"] == receiver.server.url.removeprefix("http://")
    signatures.require_signed([made.secret], first.headers, first.body, now)
    assert "重复" not in str([asked.body for asked in receiver.server.asked])


async def test_a_receiver_that_was_away_is_caught_up_in_order_after_a_pause(now, receiver):
    town, source = await make_town(now), await make_source(now)
    _, endpoint_id = await hear(source, receiver.server.url, now)
    order_id = await tell(source, town, "1", now)
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))
    await deliver()
    away = Trouble(answer=Answer(body=b"", status=503))
    receiver.server.troubles.planned = [DROPPED, away]

    assert await sending.send(endpoint_id, clock.now) == 0
    assert await sending.send(endpoint_id, lambda: clock.now() + timedelta(seconds=4)) == 0  # not yet
    assert len(receiver.server.asked) == 1
    assert await sending.send(endpoint_id, lambda: clock.now() + timedelta(seconds=6)) == 0
    await tell(source, town, "2", now)
    await deliver()
    assert await retention.list_due(now + timedelta(seconds=10)) == []
    later = now + timedelta(minutes=1)
    assert await retention.list_due(later) == [endpoint_id]
    assert await sending.send(endpoint_id, lambda: later) == 3
    assert receiver.told() == [("record.filed", "1"), ("order.accepted", "1"), ("record.filed", "2")]
    assert [asked.headers["webhook-id"] for asked in receiver.server.asked].count("msg_1_1") <= 3


async def test_one_that_is_refused_holds_up_its_own_record_and_no_other_one(now, receiver):
    town, source = await make_town(now), await make_source(now)
    _, endpoint_id = await hear(source, receiver.server.url, now)
    order_id = await tell(source, town, "1", now)
    await tell(source, town, "2", now)
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))
    await deliver()
    receiver.server.troubles.planned = [Trouble(answer=Answer(body=b"", status=422))]

    assert await sending.send(endpoint_id, clock.now) == 1
    assert receiver.told()[-1] == ("record.filed", "2")
    assert await sending.send(endpoint_id, lambda: clock.now() + timedelta(minutes=1)) == 2
    assert receiver.told()[-1] == ("order.accepted", "1")


async def test_a_new_secret_signs_beside_the_one_before_for_a_day_and_gone_ends_it(now, receiver):
    town, source = await make_town(now), await make_source(now)
    before, endpoint_id = await hear(source, receiver.server.url, now)
    after, _ = await hear(source, receiver.server.url, now)
    await tell(source, town, "1", now)
    await deliver()
    await sending.send(endpoint_id, clock.now)
    [asked] = receiver.server.asked
    for secret in (before.secret, after.secret):
        signatures.require_signed([secret], asked.headers, asked.body, now)

    receiver.server.troubles.planned = [Trouble(answer=Answer(body=b"", status=410))]
    await tell(source, town, "2", now)
    await deliver()
    tomorrow = now + timedelta(hours=25)
    await sending.send(endpoint_id, lambda: tomorrow)
    with pytest.raises(signatures.NotSigned):
        last = receiver.server.asked[-1]
        signatures.require_signed([before.secret], last.headers, last.body, tomorrow)
    view = await endpoints.get_endpoint(source.name, town.dispatcher)
    assert (view.is_on, view.stopped_for, view.backlog) == (False, "gone", 1)
    assert msgspec.json.encode(view).find(b"whsec_") == -1
