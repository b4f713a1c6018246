"""What moves, pauses, weather and rules do to an order's deadlines, and the steps that tell of it."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend import db
from backend.calendars import service as calendars
from backend.calendars.structs import WeatherLevel
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.deadlines import policies, recount
from backend.orders.deadlines.explaining import explain
from backend.orders.deadlines.policies import LimitsInput
from backend.orders.deadlines.recount import Recount
from backend.orders.model.inputs import AskExtension, AskSuspension, Decide, Reassign, Return, ReturnReason, Verify
from backend.orders.reads import OrderFilter
from backend.orders.transitions.transition import TransitionContext
from media import runtime as photo_room
from tests.makers.orders import make_accepted, make_handled, make_order, make_photos
from tests.makers.town import TOWN, make_town
from tests.makers.worker import work

SHANGHAI = ZoneInfo("Asia/Shanghai")
DUE = ("respond_by", "arrive_by", "safe_by", "resolve_by", "verify_by")


@pytest.fixture(autouse=True)
async def _calendar_of_the_country(database):
    yield
    await db.execute("DELETE FROM calendar_day WHERE origin = 'person'")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


async def due(order_id: int) -> dict[str, datetime | None]:
    return dict(await db.fetchrow(f"SELECT {', '.join(DUE)} FROM work_order WHERE id = $1", order_id))


async def clock_steps(order_id: int) -> list[dict]:
    rows = await db.fetch("SELECT detail FROM order_step WHERE order_id = $1 AND move = 'clock' ORDER BY id", order_id)
    return [json.loads(row["detail"]) for row in rows]


async def open_about(town, now: datetime, item: str) -> int:
    photos = await make_photos(town.resident, 2)
    return (await make_order(town, now, item=item, photo_ids=photos)).receipt.order_id


async def suspend(town, order_id: int, now: datetime) -> None:
    await orders.ask_suspension(
        order_id, AskSuspension(reason="等配件"), TransitionContext(actor=town.handlers[0], now=now)
    )
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))


async def test_every_stage_of_a_new_order_has_its_deadline(now):
    town = await make_town(now)

    order_id = (await make_order(town, now)).receipt.order_id

    assert await due(order_id) == {
        "respond_by": now + minutes(3),
        "arrive_by": now + minutes(9),
        "safe_by": None,
        "resolve_by": at("2021-07-18 09:07"),
        "verify_by": None,
    }


async def test_a_missing_manhole_cover_is_to_be_made_safe_first(now):
    town = await make_town(now)

    deadlines = await due(await open_about(town, now, "A501"))

    assert deadlines["safe_by"] == now + minutes(30)
    assert deadlines["arrive_by"] == now + minutes(20)


async def test_working_time_goes_by_the_calendar_of_the_area(now):
    town = await make_town(now)
    await calendars.set_days(TOWN, [date(2026, 10, 8)], is_workday=False, note="镇庆")

    order_id = await open_about(town, at("2026-10-01 23:50"), "A402")

    assert (await due(order_id))["respond_by"] == at("2026-10-09 11:00")


async def test_the_verifier_s_clock_begins_when_the_handler_has_finished(now):
    town = await make_town(now)

    order_id = await make_handled(town, now)

    assert (await due(order_id))["verify_by"] == now + minutes(240)


async def test_a_suspension_moves_what_is_still_owed_by_its_length(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await suspend(town, order_id, now + minutes(5))

    await orders.resume(order_id, TransitionContext(actor=town.handlers[0], now=now + minutes(65)))

    deadlines = await due(order_id)
    assert deadlines["resolve_by"] == now + minutes(15 + 60)
    assert deadlines["arrive_by"] == now + minutes(9 + 60)
    assert deadlines["respond_by"] == now + minutes(3)


async def test_the_step_tells_the_old_and_the_new_deadline(now, tmp_path):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await orders.ask_extension(
        order_id, AskExtension(minutes=30, reason="车多"), TransitionContext(actor=town.handlers[0], now=now)
    )

    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))

    async with photo_room.start(tmp_path, "k" * 32):
        shown = (await reads.get_order(order_id, town.dispatcher, now)).steps[-1]
    told = [(change.stage, change.old_at, change.new_at) for change in shown.deadlines]
    assert (shown.move, shown.cause, shown.actor_name) == ("clock", "extension", town.dispatcher.name)
    assert told == [
        ("arrive", now + minutes(9), now + minutes(39)),
        ("resolve", now + minutes(15), now + minutes(45)),
    ]


async def test_rework_gives_back_the_time_that_was_left(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    later = now + minutes(100)

    await orders.verify(
        order_id, Verify(result="fail", note="还有两辆"), TransitionContext(actor=town.verifier, now=later)
    )

    deadlines = await due(order_id)
    assert deadlines["resolve_by"] == later + minutes(15)
    assert deadlines["verify_by"] is None


async def test_the_next_unit_has_its_full_time_to_respond(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    later = now + minutes(10)

    returned = Return(reason=ReturnReason.NOT_OURS)
    await orders.give_back(order_id, returned, TransitionContext(actor=town.handlers[0], now=later))

    deadlines = await due(order_id)
    assert deadlines["respond_by"] == later + minutes(3)
    assert deadlines["resolve_by"] == now + minutes(15)


async def test_a_suspended_order_that_is_reassigned_goes_on_counting(now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await suspend(town, order_id, now + minutes(5))

    to = Reassign(unit_id=town.unit_id, reason="换人")
    await orders.reassign(order_id, to, TransitionContext(actor=town.dispatcher, now=now + minutes(65)))

    assert (await due(order_id))["resolve_by"] == now + minutes(75)
    assert await db.fetchval("SELECT count(*) FROM order_pause WHERE ends_at IS NULL") == 0


async def test_a_reopened_order_begins_anew(now):
    town = await make_town(now)
    order_id = await make_handled(town, now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    later = now + timedelta(days=1)

    await orders.reopen(order_id, "没有解决", TransitionContext(actor=town.resident, now=later))

    deadlines = await due(order_id)
    assert deadlines["respond_by"] == later + minutes(3)
    assert deadlines["resolve_by"] == later + minutes(15)


async def test_a_calendar_change_recounts_open_orders_with_a_step_each(database, now):
    town = await make_town(now)
    order_id = await open_about(town, at("2026-10-01 23:50"), "A402")
    untouched = (await make_order(town, now)).receipt.order_id
    old = (await due(order_id))["respond_by"]

    await calendars.set_days(TOWN, [date(2026, 10, 8)], is_workday=False, note="镇庆")
    await work(database)

    (step,) = await clock_steps(order_id)
    assert (await due(order_id))["respond_by"] == at("2026-10-09 11:00")
    assert step["cause"] == "calendar"
    assert datetime.fromisoformat(step["deadlines"]["respond"][0]) == old
    assert await clock_steps(untouched) == []


async def test_counting_anew_twice_changes_nothing_the_second_time(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    await policies.set_policy("A101", TOWN, LimitsInput(resolve_min=60))
    again = Recount(cause="limits", area_code=TOWN, item_codes=["A101"])

    assert [await recount.run(again, now), await recount.run(again, now)] == [1, 0]
    assert (await due(order_id))["resolve_by"] == now + minutes(60)
    assert len(await clock_steps(order_id)) == 1


async def test_counting_anew_goes_through_all_orders_in_batches(database, now, monkeypatch):
    monkeypatch.setattr(recount, "BATCH", 2)
    town = await make_town(now)
    for _ in range(5):
        await make_order(town, now)

    await policies.set_policy("A101", TOWN, LimitsInput(resolve_min=60))
    await work(database)

    assert await db.fetchval("SELECT count(DISTINCT order_id) FROM order_step WHERE move = 'clock'") == 5


async def test_a_policy_of_a_nearer_area_wins_each_stage_for_itself(now):
    await policies.set_policy("A101", "310115", LimitsInput(respond_min=5, resolve_min=40))
    await policies.set_policy("A101", TOWN, LimitsInput(resolve_min=20))

    found = await explain("A101", f"{TOWN}001", now)

    assert (found.respond_min, found.resolve_min) == (5, 20)


async def test_weather_halves_the_limits_that_begin_within_it(database, now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    later = (await make_order(town, now + minutes(30))).receipt.order_id

    await calendars.set_weather(TOWN, WeatherLevel.ORANGE, now - minutes(10), now + minutes(10))
    await work(database)

    assert (await due(order_id))["resolve_by"] == now + minutes(8)
    assert (await due(later))["resolve_by"] == now + minutes(45)
    assert (await clock_steps(order_id))[0]["cause"] == "weather"


async def test_a_change_that_comes_while_a_batch_is_counted_is_counted_by_another(database, now):
    again = Recount(cause="calendar")
    await recount.request(again)
    await db.execute("UPDATE pgqueuer SET status = 'picked'")

    await recount.run(again, now)
    await recount.request(again)
    await recount.request(again)

    assert await db.fetchval("SELECT count(*) FROM pgqueuer WHERE status = 'queued'") == 1


async def test_a_stage_that_is_over_is_not_recounted(database, now):
    town = await make_town(now)
    order_id = await make_accepted(town, now)

    await policies.set_policy("A101", TOWN, LimitsInput(respond_min=30, resolve_min=60))
    await work(database)

    deadlines = await due(order_id)
    assert (deadlines["respond_by"], deadlines["resolve_by"]) == (now + minutes(3), now + minutes(60))


async def test_an_order_is_overdue_when_whoever_owes_the_stage_let_it_pass():
    present = datetime.now(UTC)
    town = await make_town(present)
    fresh = (await make_order(town, present)).receipt.order_id
    stale = (await make_order(town, present - timedelta(days=2))).receipt.order_id

    shown = await reads.list_orders(town.dispatcher, OrderFilter(), limit=10)
    assert {order.id: order.is_overdue for order in shown.items} == {fresh: False, stale: True}


async def test_an_explanation_warns_of_a_year_that_nobody_entered():
    found = await explain("A402", TOWN, at("2026-12-31 16:30"))

    assert [warning[:4] for warning in found.warnings] == ["2027"]
    assert {skipped.on for skipped in found.skipped} >= {"2027-01-01"}
