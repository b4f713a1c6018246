"""Orders sent on to another endpoint, requests fetched from it: in order, nothing twice, whatever goes wrong there."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from backend import clock, db
from backend.errors import Forbidden
from backend.intake.open311.client import fetching, following, queries, sending, sending_on
from backend.intake.open311.client.errors import NotToBeSent, PeerUnknown, SentOnBefore, ServiceUnnamed
from backend.intake.open311.client.structs import SendOn
from backend.intake.open311.client.talking import PeerSilent
from backend.intake.records import queries as desk_records
from backend.intake.records.queries import RecordTab
from backend.intake.sources import classes
from backend.intake.sources.structs import Source
from backend.orders import verbs as orders
from backend.orders.model.errors import OrderNotFound
from backend.orders.transitions.transition import TransitionContext
from tests.fakes.open311 import Open311Endpoint
from tests.fakes.vendor import TroubleKind
from tests.makers.open311 import make_peer
from tests.makers.orders import make_accepted, make_order
from tests.makers.town import DOOR, SmallTown, make_town

BASE_URL = "http://127.0.0.1:8000"
LATER = timedelta(minutes=3)


class There(NamedTuple):
    town: SmallTown
    source: Source
    now: datetime


IN_BOTH = pytest.mark.parametrize("endpoint", ["json", "xml"], indirect=True)


@pytest.fixture
async def endpoint(request) -> AsyncIterator[Open311Endpoint]:
    form = getattr(request, "param", "json")
    vendor = await Open311Endpoint(form=form, keeps_root=form == "json").start()
    yield vendor
    await vendor.close()


@pytest.fixture
async def there(client, endpoint) -> There:
    now = clock.now().replace(microsecond=0)
    town = await make_town(now)
    source = await make_peer(now, endpoint.base, form=endpoint.form)
    return There(town, source, now)


async def sent_on(there: There, order_id: int) -> int:
    sent = SendOn(peer=there.source.name, words="请贵街道处理")
    return await sending_on.send_on(order_id, sent, there.town.dispatcher, there.now)


async def states() -> list[tuple[str, str]]:
    rows = await db.fetch("SELECT state, request_no FROM open311_request ORDER BY id")
    return [(row["state"], row["request_no"]) for row in rows]


async def send(there: There, now: datetime | None = None) -> None:
    await sending.send_waiting(there.source.id, BASE_URL, now or there.now)


@IN_BOTH
async def test_an_order_that_is_sent_on_takes_nothing_of_its_reporter_along(there, endpoint):
    order_id = (await make_order(there.town, there.now, description="我家楼下,电话13800000000")).receipt.order_id
    await sent_on(there, order_id)
    await send(there)

    [(number, row)] = endpoint.requests.items()
    assert await states() == [("there", number)]
    assert "请贵街道处理" in row["description"]
    assert "13800000000" not in endpoint.asked[-1].body.decode()
    assert row["media_url"] is None
    [shared] = await queries.list_of_order(order_id, there.town.dispatcher)
    assert (shared.request_no, shared.service_code) == (number, "PARK")
    await send(there)
    assert len(endpoint.requests) == 1


async def test_who_may_send_what_on(there):
    order_id = (await make_order(there.town, there.now)).receipt.order_id
    sent = SendOn(peer=there.source.name, words="转办")

    with pytest.raises(Forbidden):
        await sending_on.send_on(order_id, sent, there.town.handlers[0], there.now)
    with pytest.raises(PeerUnknown):
        await sending_on.send_on(order_id, SendOn(peer="nobody", words="转办"), there.town.dispatcher, there.now)
    with pytest.raises(OrderNotFound):
        await sending_on.send_on(10**9, sent, there.town.dispatcher, there.now)
    await classes.set_classes(there.source.id, [])
    with pytest.raises(ServiceUnnamed):
        await sending_on.send_on(order_id, sent, there.town.dispatcher, there.now)
    named = SendOn(peer=there.source.name, words="转办", service_code="PARK")
    await sending_on.send_on(order_id, named, there.town.dispatcher, there.now)
    with pytest.raises(SentOnBefore):
        await sending_on.send_on(order_id, named, there.town.dispatcher, there.now)
    with pytest.raises(OrderNotFound):
        await queries.list_of_order(order_id, there.town.resident)


@pytest.mark.parametrize("kind", [TroubleKind.DROP, TroubleKind.FAIL, TroubleKind.HTML])
async def test_what_was_perhaps_filed_there_is_looked_for_before_it_is_sent_again(there, endpoint, kind):
    for _ in range(2):
        await sent_on(there, (await make_order(there.town, there.now)).receipt.order_id)
    endpoint.plan(kind)
    with pytest.raises(PeerSilent):
        await send(there)
    assert [state for state, _ in await states()] == ["asking", "waiting"]
    with pytest.raises(PeerSilent):
        await send(there)

    await send(there, there.now + LATER)
    assert await states() == [("there", "100"), ("there", "101")]
    assert len(endpoint.requests) == 2
    failures = await db.fetchval("SELECT failures FROM open311_peer")
    assert failures == 0


async def test_a_refusal_is_final_and_stands_beside_the_order_in_their_words(there, endpoint):
    order_id = (await make_order(there.town, there.now)).receipt.order_id
    await sent_on(there, order_id)
    await db.execute("UPDATE open311_request SET words = '', service_code = ''")
    await send(there)

    [shared] = await queries.list_of_order(order_id, there.town.dispatcher)
    assert (shared.state, shared.reason) == ("refused", "service_code")
    await sent_on(there, order_id)


async def test_a_token_becomes_a_number_when_the_endpoint_has_one(there, endpoint):
    endpoint.gives_tokens = True
    await sent_on(there, (await make_order(there.town, there.now)).receipt.order_id)
    await send(there)
    assert await states() == [("pending", "")]

    await fetching.fetch(there.source.id, there.now + LATER)
    assert await states() == [("there", "100")]


@IN_BOTH
async def test_what_they_say_of_a_request_is_read_once_and_changes_no_order(there, endpoint):
    order_id = await make_accepted(there.town, there.now)
    await sent_on(there, order_id)
    await send(there)
    endpoint.say("100", "in_progress", there.now + LATER, "已派人", "u1")
    endpoint.say("100", "closed", there.now + 2 * LATER, "清理完毕", "u2")
    for _ in range(2):
        await fetching.fetch(there.source.id, there.now + 3 * LATER)

    [shared] = await queries.list_of_order(order_id, there.town.dispatcher)
    assert (shared.status, shared.status_words) == ("closed", "清理完毕")
    assert [(each.status, each.words) for each in shared.updates if not each.is_ours] == [
        ("in_progress", "已派人"),
        ("closed", "清理完毕"),
    ]
    assert await db.fetchval("SELECT state FROM work_order WHERE id = $1", order_id) == "accepted"
    heard = "SELECT body ->> 'status' AS status FROM event_log WHERE name = 'SentRequestChanged' ORDER BY id"
    assert [row["status"] for row in await db.fetch(heard)][-1] == "closed"
    assert await db.fetchval("SELECT count(*) FROM intake_record") == 0


@IN_BOTH
async def test_requests_of_theirs_become_orders_once_and_hear_how_they_go_on(there, endpoint):
    where = {"lat": str(DOOR.lat), "long": str(DOOR.lng)}
    endpoint.add("7", there.now, **where)
    endpoint.add("8", there.now, **where, status="closed")
    endpoint.add("9", there.now, address="不知道哪里", lat="nan", long="1e400")
    for minutes in (3, 6):
        await fetching.fetch(there.source.id, there.now + timedelta(minutes=minutes))

    records = await db.fetch("SELECT source_no, state, order_id FROM intake_record ORDER BY source_no")
    assert [(row["source_no"], row["state"]) for row in records] == [("7", "filed"), ("9", "unsure")]
    assert (await desk_records.list_records(there.town.dispatcher, RecordTab.WAITING)).items[0].source_no == "9"
    order_id = records[0]["order_id"]
    by = TransitionContext(actor=there.town.handlers[0], now=there.now + LATER)
    await orders.accept(order_id, by)
    desk = TransitionContext(actor=there.town.dispatcher, now=there.now + LATER)
    await orders.cancel(order_id, "不属于本街道", desk)
    for _ in range(2):
        await following.follow([order_id], there.now + LATER)
    endpoint.plan(TroubleKind.DROP)
    with pytest.raises(PeerSilent):
        await send(there)
    await send(there)

    said = [(each["status"], each["description"]) for each in endpoint.received.values()]
    assert said == [("IN_PROGRESS", "in_progress"), ("NOT_COUNCILS_RESPONSIBILITY", "不属于本街道")]
    assert await db.fetchval("SELECT bool_and(state = 'done') FROM open311_update") is True
    with pytest.raises(NotToBeSent):
        await sent_on(there, order_id)


async def test_an_endpoint_that_was_away_is_asked_for_all_that_time(there, endpoint):
    await fetching.fetch(there.source.id, there.now)
    endpoint.plan(TroubleKind.FAIL, times=1)
    with pytest.raises(PeerSilent):
        await fetching.fetch(there.source.id, there.now + timedelta(days=3))
    endpoint.add("7", there.now + timedelta(days=2), lat=str(DOOR.lat), long=str(DOOR.lng))
    await fetching.fetch(there.source.id, there.now + timedelta(days=45))

    asked = [each.query["start_date"] for each in endpoint.asked if each.path.endswith(f"/requests.{endpoint.form}")]
    assert asked[0] < asked[-1]
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    spans = {
        (each.query["start_date"], each.query["end_date"]) for each in endpoint.asked if "start_date" in each.query
    }
    assert len(spans) >= 5
