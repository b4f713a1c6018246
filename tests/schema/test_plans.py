"""Every statement that people or clocks wait for, on a filled database: its indexes, and no large table read whole.

A row names what is done and the indexes that were made for it. All that it sends is looked at, planned for the values
at hand and as a connection keeps it for any values: so a new statement, or an old one whose plan became another, is
noticed by the row that it belongs to, and so is an index that serves none.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.committees.overview import queries as overviews
from backend.elder_care import rounds
from backend.events import queries as facts
from backend.events import reader
from backend.events.deliverer import Deliverer
from backend.events.delivery import Delivery
from backend.events.facts import Recorded
from backend.indicators.counting import increments
from backend.indicators.counting.recurrence import list_following
from backend.indicators.queries import Grain, Period, read_figures
from backend.indicators.reading.source_rows import list_source_rows
from backend.intake.cameras import queries as cameras
from backend.intake.cameras import registry
from backend.intake.cameras import taking as camera_taking
from backend.intake.cameras.structs import Detection
from backend.intake.hotline import endpoints, near_deadlines, sending, tasks
from backend.intake.hotline import queries as hotline
from backend.intake.hotline.reactions import follow_orders
from backend.intake.locating.addressing import Search
from backend.intake.runtime import current_runtime
from backend.intake.sensors import filing, taking
from backend.intake.sensors.reactions import end_handled
from backend.intake.sensors.structs import ReadingKind, SensorReading
from backend.intake.sources.queries import get_source
from backend.maps import base_tiles, ground, order_tiles
from backend.orders.assignment import passing_on
from backend.orders.assignment.available import list_available
from backend.orders.deadlines import timelines
from backend.orders.desk import DeskFilter, DeskTab, DueWhen, view_desk, week_to
from backend.orders.pool import ending
from backend.orders.reads import own_steps
from backend.public_opinion import cases as opinion_cases
from backend.public_opinion import counting as opinion_counting
from backend.public_opinion import districts as opinion_districts
from backend.public_opinion import queries as opinion
from backend.public_opinion import queueing as opinion_queueing
from backend.public_opinion import steps as opinion_steps
from backend.public_opinion.warning import warn_in
from backend.reports.open_duplicates import open_duplicates
from bench.parts.statements import Statement, heard_from
from push import seen, superseding
from tests.fixtures.client import running_client
from tests.fixtures.emptying import Emptier
from tests.makers import filled
from tests.makers.accounts import bearer
from tests.makers.orders import make_photos
from tests.makers.plans import Plan, has_plan, plans_of
from tests.makers.tiles import tile_at
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor


class Filled(NamedTuple):
    town: SmallTown
    client: httpx.AsyncClient
    inspector: Actor
    outskirts: Actor
    """An inspector of a small area."""
    order_id: int
    now: datetime


Act = Callable[[Filled], Awaitable[object]]


@pytest.fixture(scope="module")
async def there(
    pool: None, emptier: Emptier, own_database: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Filled]:
    now = datetime.now(UTC)
    town = await filled.fill(now)
    inspector = await make_actor("网格长", Role.INSPECTOR, COMMITTEE)
    outskirts = await make_actor("小居委", Role.COMMITTEE, filled.SMALL_AREA)
    order_id = await db.fetchval(
        "SELECT id FROM work_order WHERE place_id = $1 ORDER BY id DESC LIMIT 1", town.place_id
    )
    async with running_client(own_database, tmp_path_factory.mktemp("state")) as client:
        yield Filled(town, client, inspector, outskirts, order_id, now)
    await emptier.empty()


def get(path: str, who: str = "") -> Act:
    async def act(there: Filled) -> None:
        town = there.town
        actors = {"handler": town.handlers[0], "inspector": there.inspector, "verifier": town.verifier}
        actors |= {"outskirts": there.outskirts, "resident": town.resident}
        headers = {"accept": "application/json" if "/api/" in path else "text/html"}
        headers |= bearer(actors[who]) if who else {}
        address = path.format(code=town.code, place=town.place_id, order=there.order_id)
        answer = await there.client.get(address, headers=headers)
        assert answer.status_code == 200, answer.text

    return act


async def scan_first(there: Filled) -> None:
    await db.execute("DELETE FROM place_summary")
    await get("/q/{code}")(there)


def report(*, at_door: bool) -> Act:
    async def act(there: Filled) -> None:
        resident = there.town.resident
        photo_id = (await make_photos(resident))[0]
        where = {"code": there.town.code} if at_door else {"point": {"lng": DOOR.lng, "lat": DOOR.lat}}
        body = {"client_id": uuid4().hex, "item": "A101", "photo_ids": [str(photo_id)], **where}
        answer = await there.client.post("/api/v1/reports", json=body, headers=bearer(resident))
        assert answer.status_code == 201, answer.text

    return act


def ground_tile(level: int) -> Act:
    async def act(there: Filled) -> None:
        await base_tiles.draw(tile_at(DOOR, level))

    return act


def order_tile(level: int, *, at_desk: bool) -> Act:
    async def act(there: Filled) -> None:
        tile = tile_at(DOOR, level)
        if at_desk:
            await order_tiles.draw_desk(there.town.dispatcher, tile, DeskFilter(), there.now)
        else:
            await order_tiles.draw_scope(there.inspector, tile, there.now)

    return act


async def look_at_the_ground(there: Filled) -> None:
    await ground.read_ground([TOWN])


def weeks(there: Filled) -> Period:
    """Single days, pentads and a whole month."""
    today = shanghai_date(there.now)
    return Period(today - timedelta(days=90), today - timedelta(days=12))


def figures(codes: list[str], by: Grain = Grain.AREA) -> Act:
    return lambda there: read_figures(codes, [filled.SMALL_AREA], weeks(there), by)


def desk(**fields: Any) -> Act:
    async def act(there: Filled) -> None:
        await view_desk(there.town.dispatcher, DeskFilter(**fields), there.now, duplicates=open_duplicates)

    return act


async def look_up(there: Filled) -> None:
    for said in ("莲安东路99号", "莲安东路99弄公园"):
        search = Search(said, TOWN)
        await search.run()
        await search.list_likely()


async def overview(there: Filled) -> None:
    district = await make_actor("区管理员", Role.DISTRICT_ADMIN, TOWN[:6])
    await overviews.view_overview(TOWN[:6], district, there.now)


async def steps_of_a_source(there: Filled) -> None:
    lately = there.now - timedelta(hours=2)
    await own_steps.list_own_steps(there.town.resident.account_id, lately, there.now, there.now, most=100)


async def open_order(there: Filled) -> None:
    await seen.mark_order_read(there.order_id, there.town.handlers[0].account_id, there.now)


async def read_all(there: Filled) -> None:
    await seen.mark_all_read(there.town.handlers[0].account_id, 10**9, there.now)


async def supersede(there: Filled) -> None:
    where = {"subject": "order", "subject_id": there.order_id, "version": 1, "area_code": "", "unit_id": None}
    await superseding.supersede([Recorded(id=10**9, name="OrderClosed", account_ids=[], body=b"{}", **where)])


async def look_at_clocks(there: Filled) -> None:
    async with db.transaction() as transaction:
        await timelines.lock_due(there.now, 200)
        await transaction.rollback()


async def take_readings(there: Filled) -> None:
    source_id = await db.fetchval("SELECT id FROM intake_source WHERE name = 'filled-sensors'")
    rows = await db.fetch("SELECT device_no FROM sensor ORDER BY id LIMIT 8")
    said = {"kind": ReadingKind.ALARM, "measured_at": there.now}
    readings = [SensorReading(device_no=row["device_no"], reading_no=uuid4().hex, **said) for row in rows]
    await taking.take(readings, source_id=source_id, now=there.now)


async def look_for_folds(there: Filled) -> None:
    await filing.file_waiting(there.now - timedelta(days=9))


async def see(there: Filled) -> None:
    """Of a kind that may stay a while, so that no order is opened meanwhile."""
    source = await get_source("filled-cameras")
    seen_now = {"camera_no": "c-7", "kind": "ebike_in_lift", "at": there.now}
    await camera_taking.take(source, Detection(detection_no=uuid4().hex, **seen_now), now=there.now)


async def look_at_camera(there: Filled) -> None:
    camera_id = await db.fetchval("SELECT id FROM camera WHERE area_code = $1 LIMIT 1", COMMITTEE)
    await cameras.get_camera(camera_id, there.town.dispatcher, there.now)


async def lock_case(there: Filled) -> None:
    await tasks.lock_by_number((await get_source("filled-hotline")).id, f"h-{there.order_id}")


async def warn_of_cases(there: Filled) -> None:
    await near_deadlines.warn(there.now - timedelta(days=900))


async def send_what_waits(there: Filled) -> None:
    """To a platform for which nothing does."""
    await endpoints.list_with_backlog()
    source = await get_source("filled-hotline")
    await sending.send_due(source.id, current_runtime(), lambda: there.now)


async def count_opinion(there: Filled) -> None:
    await db.execute("UPDATE work_order SET description = '飞线充电' WHERE id = $1", there.order_id)
    await opinion_queueing.note([there.order_id])
    await opinion_counting.count_pending(there.now)


async def list_opinion_cases(there: Filled) -> None:
    question = await opinion_cases.ask_by_word(TOWN, 7, there.now.date())
    await opinion_cases.list_cases(question, there.town.dispatcher, limit=50)


async def open_elder(there: Filled) -> None:
    area = there.outskirts.areas_of(Role.COMMITTEE)[0]
    elder_id = await db.fetchval("SELECT id FROM lone_elder WHERE area_code = $1 LIMIT 1", area)
    await get(f"/elders/{elder_id}", "outskirts")(there)


async def look_at_matter(there: Filled) -> None:
    await opinion.get_matter(1)
    await opinion_cases.list_cases(await opinion_cases.ask_by_matter(1), there.town.dispatcher, limit=50)
    await opinion_steps.list_steps(1)


async def deliver(there: Filled) -> None:
    await Deliverer(Delivery({}, {})).deliver_once()


async def read_live(there: Filled) -> None:
    async with db.connection() as connection:
        await reader.LogReader(1000, reader.Gaps()).read(connection, 1.0)


NOBODY = {"subject": "order", "version": 1, "area_code": "", "unit_id": None, "account_ids": [], "body": b"{}"}
LATELY = week_to(datetime.now(UTC))
HANDLING = {"work_order_held", "area_code_prefix"}
AROUND = {"work_order_open_by_place", "work_order_open_around"}
SCANNED = {
    *AROUND,
    *("work_order_by_place", "work_order_closed_here", "order_step_by_order", "photo_attachment_by_subject"),
}
OF_AN_ORDER = {
    *("order_step_by_order", "escalation_once", "photo_attachment_by_subject", "check_in_step_id_key"),
    *("work_order_by_survivor", "work_order_by_parent", "place_loc"),
}
LISTED = {"order_follower_once", "order_verdict_once", "order_step_by_order"}
OF_SHOPS = {
    *("place_area_prefix", "shop_by_place", "inspection_finding_open", "inspection_by_shop"),
    *("inspection_finding_by_shop", "finding_step_by_finding", "pickup_slot_by_start", "pickup_booking_by_slot"),
}
CASES: dict[str, tuple[Act, set[str]]] = {
    "a report at a door": (report(at_door=True), HANDLING),
    "a report from a point": (report(at_door=False), HANDLING | {"place_loc", "grid_cell_polygon"}),
    "a scan as JSON": (get("/api/v1/codes/{code}"), {"area_code_prefix"}),
    "a scanned page, for the first who scans": (scan_first, SCANNED),
    "a scanned page, for anybody": (get("/q/{code}"), {"area_code_prefix", "place_change_by_spot"}),
    "a scanned page, for a resident": (get("/q/{code}", "resident"), SCANNED | {"report_once_a_person"}),
    "a scanned page, for a handler": (get("/q/{code}", "handler"), SCANNED),
    "a scanned page, for an inspector": (get("/q/{code}", "inspector"), SCANNED),
    "similar reports": (get("/api/v1/reports/candidates?code={code}&item=A101"), AROUND | {"work_order_closed_lately"}),
    "a handler's open orders": (get("/work", "handler"), LISTED | {"work_order_open_of_unit"}),
    "a handler's own": (get("/work?tab=doing", "handler"), LISTED | {"work_order_of_handler"}),
    "a handler's ended": (get("/work?tab=done", "handler"), LISTED | {"work_order_of_handler"}),
    "the number on a handler's app": (
        get("/api/v1/me/open-orders", "handler"),
        {"work_order_open_of_unit", "work_order_held"},
    ),
    "a unit's ended": (get("/api/v1/orders?state=closed", "handler"), {"work_order_ended_by_unit"}),
    "a verifier's": (get("/verify?tab=review", "verifier"), LISTED),
    "what waits for a verifier": (get("/verify/queue", "verifier"), {"order_step_by_order", "work_order_by_parent"}),
    "a verifier's ended": (get("/verify?tab=done", "verifier"), LISTED | {"work_order_desk_ended"}),
    "what somebody reported": (get("/verify?tab=mine", "verifier"), {"work_order_by_opener"}),
    "an inspector's quick report": (get("/quick-report", "inspector"), {"work_order_by_opener"}),
    "an inspector's orders": (get("/api/v1/orders", "inspector"), LISTED),
    "a small area's ended": (get("/api/v1/orders?state=closed", "outskirts"), {"work_order_ended_by_area"}),
    "an order": (get("/o/{order}", "inspector"), OF_AN_ORDER),
    "a place's history": (get("/places/{place}/history", "inspector"), {"work_order_by_place"}),
    "the inbox": (get("/inbox", "handler"), {"message_told_once", "message_unread", "message_by_order"}),
    "what is unread": (get("/inbox?show=unread", "handler"), {"message_unread", "message_by_order"}),
    "the inbox of an open page": (get("/api/v1/inbox/state", "handler"), {"message_unread"}),
    "an order that is opened": (open_order, {"message_by_order"}),
    "all that is read": (read_all, {"message_unread"}),
    "what is old news": (supersede, {"message_by_order"}),
    "the desk": (desk(), {"work_order_desk_due", "work_order_open_by_place"}),
    "whom an order may be given to": (lambda there: list_available(there.order_id, there.now), {"work_order_held"}),
    "the desk, overdue": (desk(due=DueWhen.OVERDUE), {"work_order_desk_due"}),
    "the desk, ended": (desk(tab=DeskTab.ENDED), {"work_order_desk_ended"}),
    "an address in words, and what is likeliest": (look_up, {"place_words_grams"}),
    "the desk, an address": (desk(text="99号"), {"place_words_grams", "work_order_open_by_place"}),
    "the desk, an address of ended ones": (desk(text="99号", tab=DeskTab.ENDED), {"place_words_grams"}),
    "the desk, closed of a week": (
        desk(tab=DeskTab.ENDED, area=TOWN, closed_since=LATELY.first, closed_until=LATELY.last),
        {"work_order_closed_in_district"},
    ),
    "a tile of the ground": (ground_tile(16), {"place_loc"}),
    "a tile of the ground from afar": (ground_tile(12), set()),
    "a tile of orders": (order_tile(16, at_desk=False), {"work_order_open_around"}),
    "a tile of the desk's orders": (order_tile(17, at_desk=True), {"work_order_open_around"}),
    "a tile of orders from afar": (order_tile(4, at_desk=False), set()),
    "where a map looks first": (look_at_the_ground, set()),
    "the overview of a district": (overview, {"work_order_closed_in_district", "work_order_desk_ended"}),
    "requests of Open311": (get("/open311/v2/requests.json?page_size=50"), {"work_order_desk_ended"}),
    "requests of Open311 around a point": (
        get(f"/open311/v2/requests.json?lat={DOOR.lat}&long={DOOR.lng}&radius=60&page_size=50"),
        {"work_order_open_around", "work_order_ended_around"},
    ),
    "updates of Open311": (steps_of_a_source, {"work_order_by_opener", "order_step_by_order"}),
    "a committee's board": (get("/committee", "outskirts"), {"duty_entry_by_area"}),
    "the shops of a committee": (get("/shops/overview", "outskirts"), OF_SHOPS),
    "findings that fell due": (get("/shops/overview/findings", "outskirts"), {"inspection_finding_by_shop"}),
    "pickups that are over": (get("/shops/overview/pickups", "outskirts"), {"pickup_slot_by_start"}),
    "what a committee asked for": (get("/duty-changes?tab=all", "outskirts"), {"duty_change_by_area"}),
    "clocks that are due": (look_at_clocks, {"work_order_ladder", "order_pause_by_order"}),
    "orders that nobody accepted": (lambda there: passing_on.pass_on_unaccepted(there.now), {"work_order_unaccepted"}),
    "offers that nobody took": (lambda there: ending.end_overdue(there.now), {"work_order_offered"}),
    "a batch of what sensors say": (
        take_readings,
        {"sensor_once", "sensor_alarm_by_sensor", "alarm_reading_by_number"},
    ),
    "a sensor's fold to file": (look_for_folds, {"alarm_fold_waiting"}),
    "the end of a fold's order": (
        lambda there: end_handled([Recorded(id=1, name="OrderFinished", subject_id=there.order_id, **NOBODY)]),
        {"alarm_fold_by_order"},
    ),
    "what a camera tells": (see, {"camera_number_once", "camera_detection_once", "camera_event_by_kind"}),
    "what cameras saw": (lambda there: cameras.list_events(there.town.dispatcher, there.now), set()),
    "cameras": (lambda there: cameras.list_cameras(there.town.dispatcher, there.now), {"camera_event_by_camera"}),
    "a camera": (look_at_camera, {"camera_event_by_camera"}),
    "the end of an order of a camera": (
        lambda there: registry.judge_closed([there.order_id]),
        {"camera_event_by_order"},
    ),
    "a message of the hotline": (lock_case, {"hotline_task_number_once"}),
    "the hotline's deadlines, on the desk": (
        lambda there: hotline.due_of(range(there.order_id - 50, there.order_id)),
        {"hotline_task_of_order"},
    ),
    "the cases of an order": (lambda there: hotline.list_for_staff(there.order_id), {"hotline_task_of_order"}),
    "the end of an order of the hotline": (
        lambda there: follow_orders([Recorded(id=1, name="OrderClosed", subject_id=there.order_id, **NOBODY)]),
        {"hotline_task_of_order"},
    ),
    "deadlines of the hotline that are near": (
        warn_of_cases,
        {"hotline_task_contact_warning", "hotline_task_due_warning"},
    ),
    "what waits for the hotline": (send_what_waits, {"hotline_exchange_queued"}),
    "the day's visits and the register of a committee": (
        get("/elders", "outskirts"),
        {"lone_elder_by_area", "elder_visit_by_day", "elder_visit_missed"},
    ),
    "an elder": (open_elder, {"elder_visit_once_a_day", "elder_visit_record_by_visit"}),
    "visits that are late": (lambda there: rounds.escalate_missed(there.now - timedelta(days=9)), {"elder_visit_due"}),
    "what rises in a week": (
        lambda there: opinion.read_week([TOWN, COMMITTEE], date(2021, 1, 18)),
        {"opinion_count_once", "opinion_count_of_word"},
    ),
    "what rises in a district": (
        lambda there: opinion.read_week([TOWN[:6]], date(2021, 1, 18)),
        {"opinion_district_count_once", "opinion_district_count_of_word"},
    ),
    "what emerges, on the wall": (
        lambda there: opinion.list_emerging([TOWN[:6], TOWN], 5, date(2021, 1, 18)),
        set(),
    ),
    "from where words come": (
        lambda there: opinion.list_sources(TOWN, date(2020, 1, 6), [1, 2, 3]),
        {"opinion_text_of_town"},
    ),
    "a district that is added up": (
        lambda there: opinion_districts.add_up_weeks([date(2021, 1, 18)]),
        {"opinion_count_once"},
    ),
    "what a town is searched in for warnings": (
        lambda there: warn_in(TOWN, there.now),
        {"opinion_text_of_town"},
    ),
    "a warning, with what was done": (look_at_matter, {"opinion_text_by_word", "matter_step_of_matter"}),
    "the orders of a word": (list_opinion_cases, {"opinion_text_by_word"}),
    "an order whose words are counted": (count_opinion, {"opinion_text_once", "opinion_text_of_town"}),
    "figures of a committee over some days": (
        figures(["filing_rate", "filing_rate.a1", "done_on_time_rate.p1"]),
        {"indicator_marginal_once"},
    ),
    "a figure by day": (figures(["filing_rate"], Grain.DAY), {"indicator_marginal_once"}),
    "figures by item": (figures(["filing_rate"], Grain.ITEM), {"order_contribution_by_area"}),
    "figures by unit": (figures(["filing_rate"], Grain.UNIT), {"order_contribution_by_area"}),
    "percentiles": (
        figures(["handling_time_median", "handling_time_p90.p1"]),
        {"order_contribution_by_area"},
    ),
    "the orders behind a figure": (
        lambda there: list_source_rows("filed", [filled.SMALL_AREA], weeks(there)),
        {"order_contribution_by_area"},
    ),
    "an order that is counted anew": (
        lambda there: increments.count_orders([there.order_id]),
        {"order_contribution_by_order", "order_step_by_order"},
    ),
    "what follows at a place": (lambda there: list_following([there.order_id]), {"work_order_by_place"}),
    "facts to deliver": (deliver, {"event_pending_urgent"}),
    "facts for live pages": (read_live, set()),
    "facts since a live page was made": (lambda there: facts.list_after(there.now), set()),
    "what a phone reported, on the start page": (get("/", "resident"), {"report_sent_once"}),
}


ELSEWHERE = {
    "order_step_sightings": "where a phone was lately, when somebody arrives",
    "work_order_root_cause_once": "a second root cause of a place is refused by it",
    "work_order_desk_keys": "rare ended orders of the desk: tests/rooms/orders/test_desk_plans.py",
    "order_follower_by_account": "what somebody follows, in every list: beside too few followers here",
}
"""Indexes of orders that serve what no row does."""
_INDEXES = """
    SELECT indexname AS name FROM pg_indexes
    WHERE tablename IN ('work_order', 'order_step', 'order_follower') AND schemaname = 'public'
      AND indexname NOT IN (SELECT conname FROM pg_constraint)
"""


async def test_each_uses_the_indexes_made_for_it_and_reads_no_large_table_whole(there):
    astray: dict[str, object] = {}
    for name, (act, made_for_it) in CASES.items():
        await act(there)
        statements = [said for said in await heard_from(lambda act=act: act(there)) if has_plan(said)]
        plans = await plans_of(statements, for_any_values=False)
        as_they_stay = await plans_of(statements, for_any_values=True)
        whole = set().union(*(plan.read_whole for plan in (*plans, *as_they_stay))) & set(filled.GROWING)
        unused = made_for_it - set().union(*(plan.indexes for plan in plans))
        if whole or unused:
            astray[name] = {"read whole": whole, "not used": unused}

    assert astray == {}


@pytest.mark.usefixtures("pool")
async def test_every_index_of_orders_is_there_for_something():
    found = {row["name"] for row in await db.fetch(_INDEXES)}

    assert found - set().union(*(indexes for _, indexes in CASES.values())) - ELSEWHERE.keys() == set()


async def test_a_table_that_is_read_whole_and_an_index_that_is_not_used_are_noticed(there):
    statement = Statement("SELECT id FROM work_order WHERE description = $1", ("",))

    (plan,) = await plans_of([statement], for_any_values=True)

    assert plan == Plan(indexes=set(), read_whole={"work_order"})
