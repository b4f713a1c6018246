"""The inbox by order: what is unread of it, what is old news, and what two phones of one person do to it."""

import asyncio
from datetime import time, timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Reassign, SelfHandled
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import Submission
from push import queries, seen, threads
from push.channels import Channel
from push.preferences import SetPreferences, set_preferences
from tests.makers.gateways import deliveries, link, switch_on
from tests.makers.orders import BASE_URL, finish, make_accepted, make_closed, make_order, make_photos
from tests.makers.town import TOWN, make_actor, make_staffed_unit, make_town
from tests.makers.worker import deliver

pytestmark = pytest.mark.usefixtures("database", "photo_room")


def acts(actor, now):
    return TransitionContext(actor=actor, now=now)


async def inbox(actor, **changes):
    """The threads as their orders, how much of each is unread, and the titles of their messages."""
    found = await threads.list_threads(actor.account_id, **{"limit": 9, **changes})
    return [
        (each.order_id, each.unread, [message.title_zh.partition(":")[0] for message in each.messages])
        for each in found.items
    ]


async def test_an_order_is_one_row_of_which_the_last_stage_is_unread_until_it_is_opened(now):
    town = await make_town(now)
    first = await make_closed(town, now)
    second = (await make_order(town, now)).receipt.order_id
    await orders.accept(second, acts(town.handlers[0], now))
    await deliver()

    resident = town.resident
    stages = ["已结案", "处置人员已到场", "已接单"]
    assert await inbox(resident) == [(second, 1, ["已接单"]), (first, 1, stages)]
    assert await queries.count_unread(resident.account_id) == 2
    page = await threads.list_threads(resident.account_id, limit=1)
    assert await inbox(resident, limit=1, cursor=page.next_cursor) == [(first, 1, stages)]

    await seen.mark_order_read(first, resident.account_id, now)

    assert await inbox(resident, is_unread=True) == [(second, 1, ["已接单"])]
    assert await inbox(resident, is_unread=True, limit=1) == [(second, 1, ["已接单"])]
    assert [unread for _, unread, _ in await inbox(resident)] == [1, 0]
    assert await queries.count_unread(town.verifier.account_id) == 0, "what was verified need not be"


async def test_a_new_order_that_a_colleague_takes_counts_no_more_and_does_not_go_out(now):
    town = await make_town(now)
    await db.execute("DELETE FROM duty_shift")
    first, second = town.handlers
    await switch_on(Channel.WECOM)
    await link(second.account_id, "wecom")
    order_id = (await make_order(town, now)).receipt.order_id
    await deliver()
    assert [await queries.count_unread(each.account_id) for each in (first, second)] == [1, 1]

    await orders.accept(order_id, acts(first, now))
    await deliver()

    assert [await queries.count_unread(each.account_id) for each in (first, second)] == [0, 0]
    assert await inbox(second) == [(order_id, 0, ["新工单"])]
    assert await deliveries() == [("wecom", "gave_up", "superseded")]
    await db.execute("INSERT INTO event_pending (event_id) SELECT id FROM event_log")
    await deliver()
    assert await queries.count_unread(second.account_id) == 0


async def test_a_self_handled_order_arrives_as_a_new_one_with_nobody(now):
    town = await make_town(now)
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    handler = town.handlers[0]

    async def put_right(deliver_between):
        photos = await make_photos(inspector)
        said = Submission(idempotency_key=f"self-{deliver_between}", code=town.code, item="A101", photo_ids=photos)
        order_id = (await reports.submit(said, inspector, base_url=BASE_URL, now=now)).receipt.order_id
        if deliver_between:
            await deliver()
        fixed = SelfHandled(after_photo_ids=await make_photos(inspector))
        await orders.self_handle(order_id, fixed, acts(inspector, now))
        await deliver()
        return order_id

    await put_right(deliver_between=False)
    assert await inbox(handler) == await inbox(inspector) == []
    order_id = await put_right(deliver_between=True)
    assert await inbox(handler) == [(order_id, 0, ["新工单"])]
    assert await inbox(inspector) == []


async def test_nobody_finds_a_message_about_an_act_of_their_own(now):
    """Somebody who is everything at once: supervisor, dispatcher, verifier, handler and reporter."""
    town = await make_town(now)
    everything = town.dispatcher
    order_id = await make_accepted(town, now)
    other = await make_staffed_unit("greening")
    await orders.supervise(order_id, "请抓紧", acts(everything, now))
    await orders.reassign(order_id, Reassign(unit_id=other, reason="归绿化"), acts(everything, now))
    await orders.urge(order_id, "催", acts(everything, now))
    await orders.cancel(order_id, "重复", acts(everything, now))
    await make_closed(town, now)
    await deliver()

    own = """SELECT m.kind FROM message m JOIN event_log e ON e.id = m.event_id
             WHERE (e.body ->> 'acted_by_id')::bigint = m.account_id"""
    assert await db.fetch(own) == []
    assert await db.fetchval("SELECT count(*) FROM message") > 5


async def test_read_all_takes_what_was_shown_and_two_phones_may_press_it_at_once(now):
    town = await make_town(now)
    ids = [await make_accepted(town, now) for _ in range(3)]
    await deliver()
    resident = town.resident.account_id
    shown = max(
        message.id for each in (await threads.list_threads(resident, limit=9)).items for message in each.messages
    )
    new = await make_accepted(town, now)
    await deliver()

    await asyncio.gather(
        *(seen.mark_all_read(resident, shown, now) for _ in range(2)),
        *(seen.mark_order_read(order_id, resident, now) for order_id in reversed(ids)),
    )

    assert await inbox(town.resident, is_unread=True) == [(new, 1, ["已接单"])]
    assert {
        row["read_at"] for row in await db.fetch("SELECT read_at FROM message WHERE account_id = $1", resident)
    } == {
        now,
        None,
    }
    await seen.mark_all_read(resident, shown, now + timedelta(hours=1))
    assert await queries.count_unread(resident) == 1


async def test_an_open_page_is_told_what_to_ring_for_but_not_in_quiet_hours_and_not_later(now):
    town = await make_town(now)
    handler = town.handlers[0].account_id
    await make_order(town, now)
    await deliver()
    written = await db.fetchval("SELECT max(created_at) FROM message")

    state = await queries.get_state(handler, written)
    assert state.unread == 1 and state.ring is not None and not state.ring.is_urgent
    assert (await queries.get_state(handler, written, after=state.ring.message_id)).ring is None
    assert (await queries.get_state(handler, written + timedelta(minutes=3))).ring is None
    local = (written + timedelta(hours=8)).time().replace(second=0, microsecond=0)
    quiet = SetPreferences(quiet_from=f"{local:%H:%M}", quiet_until=f"{time((local.hour + 2) % 24):%H:%M}")
    await set_preferences(handler, quiet, now)
    assert (await queries.get_state(handler, written)).ring is None
    await db.execute("UPDATE message SET priority = 'P0' WHERE account_id = $1", handler)
    state = await queries.get_state(handler, written)
    assert state.ring is not None and state.ring.is_urgent


async def test_stages_that_come_at_once_are_one_unread_message_to_whoever_supervises(now):
    town = await make_town(now)
    order_id, handler = await make_accepted(town, now), town.handlers[0]
    await orders.supervise(order_id, "请抓紧", acts(town.dispatcher, now))
    await orders.check_in(order_id, CheckInInput(code=town.code), acts(handler, now))
    await finish(order_id, handler, now)

    await deliver()

    assert await inbox(town.dispatcher) == [(order_id, 1, ["已处置,请核查", "处置人员已到场"])]
