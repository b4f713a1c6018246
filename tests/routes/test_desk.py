"""The desk over HTTP: who is let in, what is said of values that mean nothing, export, map, call-back list."""

import csv
import io
import json
from datetime import datetime
from urllib.parse import urlencode

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.calendars import service as calendars
from backend.calendars.structs import WeatherLevel
from backend.orders import verbs as orders
from backend.orders.desk import DeskFilter, list_for_export
from backend.orders.transitions.transition import TransitionContext
from backend.structs import encode_cursor
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.desk import OPEN, OTHER_TOWN, make_many
from tests.makers.logged import logged
from tests.makers.orders import make_accepted, make_closed, make_order, state_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_staffed_unit, make_town

HTML = {"accept": "text/html"}
PAGES = ("/desk", "/desk/map", "/desk/calls", "/desk/export.csv")


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.mark.parametrize("path", PAGES)
async def test_the_desk_is_for_those_who_dispatch(client: httpx.AsyncClient, town: SmallTown, path: str) -> None:
    stranger = await client.get(path, headers=HTML)
    handler = await client.get(path, headers=HTML | bearer(town.handlers[0]))
    statuses = [
        (await client.get(path, headers=HTML | bearer(await make_staff(role)))).status_code
        for role in (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
    ]

    assert stranger.status_code == 303
    assert handler.status_code == 403
    assert statuses == [200, 200, 200]


async def test_the_frame_leads_only_those_who_dispatch_to_the_desk(client: httpx.AsyncClient, town: SmallTown) -> None:
    desk, handler = [
        await client.get("/inbox", headers=HTML | bearer(who)) for who in (town.dispatcher, town.handlers[0])
    ]

    assert 'href="/desk"' in desk.text
    assert 'href="/desk"' not in handler.text


@pytest.mark.parametrize("path", ["/desk", "/desk/map"])
async def test_values_that_mean_nothing_are_ignored_and_named(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, path: str
) -> None:
    await make_order(town, now)
    query = urlencode({"item": "A101", "from": "yesterday", "unit": "'; --"})

    answer = await client.get(f"{path}?{query}", headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 200
    assert "已忽略" in answer.text
    assert all(word in answer.text.split("已忽略", 1)[1][:300] for word in ("上报自", "责任单位"))


@pytest.mark.parametrize("cursor", ["x", encode_cursor("f" * 12, "n", "2026-11-25T00:00:00Z", 1)])
@pytest.mark.parametrize("path", ["/desk", "/desk/calls"])
async def test_a_foreign_cursor_is_a_page_that_says_so(
    client: httpx.AsyncClient, town: SmallTown, path: str, cursor: str
) -> None:
    answer = await client.get(path, params={"cursor": cursor}, headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 400
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/desk",
        "/desk?tab=ended&item=A101&q=莲",
        "/desk?due=overdue&unit=1&q=路",
        "/desk/map?area=310115105",
        "/desk/calls",
    ],
)
async def test_no_page_of_the_desk_asks_the_database_more_than_twelve_things(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, path: str
) -> None:
    await make_many(town, now, 60)
    headers = HTML | bearer(town.dispatcher)
    for _ in range(3):
        await client.get(path, headers=headers)

    heard: Statements
    async with listening() as heard:
        answer = await client.get(path, headers=headers)

    assert answer.status_code == 200
    assert 1 < len(heard) <= 12


async def test_paging_keeps_the_filter(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    await make_many(town, now, 280)

    answer = await client.get("/desk?item=A&unit=1", headers=HTML | bearer(town.dispatcher))

    assert 'rel="next" href="/desk?item=A&amp;unit=1&amp;cursor=' in answer.text


async def test_the_desk_warns_when_the_coming_year_is_missing_and_while_the_weather_is_bad(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    headers = HTML | bearer(town.dispatcher)
    before = await client.get("/desk", headers=headers)

    await calendars.set_weather(TOWN, WeatherLevel.RED, now)
    after = await client.get("/desk", headers=headers)

    assert "红色天气预警模式" not in before.text
    assert "红色天气预警模式" in after.text
    is_missing = await db.fetchval(
        "SELECT NOT EXISTS (SELECT FROM calendar_day WHERE extract(year FROM on_date) = $1)", now.year + 1
    )
    assert (f"{now.year + 1} 年的节假日和调休还没有录入" in before.text) is (is_missing and now.month >= 11)
    assert ("请告诉区管理员" in before.text) is (is_missing and now.month >= 11)
    assert "yima calendar" not in before.text, "a dispatcher runs no commands"


async def test_a_form_reassigns_what_was_ticked_and_leads_back_to_the_same_list(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    ids = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    unit = await make_staffed_unit("sanitation")
    form = {
        "id": [f"{order_id}-1" for order_id in ids],
        "to": str(unit),
        "reason": "分工调整",
        "key": "a-key-of-its-own",
    }

    answer = await client.post("/desk/reassign?item=A101", data=form, headers=HTML | bearer(town.dispatcher))
    back = await client.get(answer.headers["location"], headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 303
    assert answer.headers["location"] == "/desk?item=A101&done=2"
    assert "已改派 2 张工单" in back.text
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE unit_id = $1", unit) == 2


async def test_what_a_form_could_not_reassign_is_listed_with_its_reason(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    fresh, closed = (await make_order(town, now)).receipt.order_id, await make_closed(town, now)
    form = {"id": [f"{fresh}-1", f"{closed}-5"], "to": str(town.unit_id), "reason": "更近"}

    answer = await client.post("/desk/reassign", data=form, headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 200
    assert "1 张工单未能改派" in answer.text
    assert f"#{closed}</a> 核查员已先操作,工单现在已结案" in answer.text


async def test_what_could_not_be_reassigned_is_named_as_the_list_named_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    accepted = await make_accepted(town, now)
    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", accepted)
    form = {"id": [f"{accepted}-1-{number}"], "to": str(town.unit_id), "reason": "更近"}

    answer = await client.post("/desk/reassign", data=form, headers=HTML | bearer(town.dispatcher))

    assert f"{number}</a> 您看过之后,工单又有变化" in answer.text


@pytest.mark.parametrize(
    "form",
    [
        {"to": "1", "reason": "更近"},
        {"id": ["x"], "to": "1", "reason": "更近"},
        {"id": [f"{number}-1" for number in range(1, 202)], "to": "1", "reason": "更近"},
        {"id": ["1-1"], "to": "", "reason": "更近"},
        {"id": ["1-1"], "to": "1-x", "reason": "更近"},
        {"id": ["1-1"], "to": "1", "reason": ""},
    ],
)
async def test_a_form_that_names_nothing_to_do_is_told_so(
    client: httpx.AsyncClient, town: SmallTown, form: dict[str, object]
) -> None:
    answer = await client.post("/desk/reassign", data=form, headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 400
    assert "<h1>" in answer.text


async def test_the_api_says_for_each_order_what_came_of_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    fresh, closed = (await make_order(town, now)).receipt.order_id, await make_closed(town, now)
    body = {"order_ids": [fresh, closed], "unit_id": town.unit_id, "reason": "更近"}

    answer = await client.post("/api/v1/orders/bulk-reassign", json=body, headers=bearer(town.dispatcher))

    assert answer.status_code == 200
    said = answer.json()
    assert said["done"] == [fresh]
    (refused,) = said["refused"]
    assert (refused["order_id"], refused["status"], refused["code"]) == (closed, 409, "order-state-conflict")
    assert refused["extra"]["state"] == "closed"


async def test_two_hundred_and_one_orders_are_too_many(client: httpx.AsyncClient, town: SmallTown) -> None:
    body = {"order_ids": list(range(1, 202)), "unit_id": town.unit_id, "reason": "更近"}

    answer = await client.post("/api/v1/orders/bulk-reassign", json=body, headers=bearer(town.dispatcher))

    assert answer.status_code == 400


async def test_the_export_has_every_order_of_the_filter_once_and_no_word_of_a_reporter(
    client: httpx.AsyncClient,
    town: SmallTown,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    known = await make_many(town, now, 60)
    await make_order(town, now, description="我是王小明")

    logged(capfd)
    answer = await client.get("/desk/export.csv?item=A", headers=bearer(town.dispatcher))

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="orders-20')
    head, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    wanted = [o for o in known if o.state in OPEN and o.item.startswith("A") and o.area.startswith(TOWN)]
    assert head[0] == "编号"
    assert len(rows) == len(wanted) + 1
    assert {row[0] for row in rows} > {order.number for order in wanted}
    assert "王小明" not in answer.text
    assert "居民" not in answer.text
    (line,) = [line for line in logged(capfd).splitlines() if "desk_exported" in line]
    said = json.loads(line)
    assert (said["account_id"], said["rows"], said["is_whole"]) == (town.dispatcher.account_id, len(rows), True)


async def test_an_export_by_a_filter_that_means_nothing_is_refused_and_named(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    answer = await client.get("/desk/export.csv?item=A&from=yesterday", headers=bearer(town.dispatcher))

    assert (answer.status_code, answer.json()["code"]) == (400, "filter-unreadable")
    assert answer.json()["extra"]["fields"] == ["from"]


async def test_a_reader_who_leaves_holds_no_connection(town: SmallTown, now: datetime) -> None:
    await make_many(town, now, 30)
    pool = db.engine().pool
    assert pool is not None
    reading = list_for_export(town.dispatcher, DeskFilter(), now, batch=3)

    first = await anext(reading)
    idle_between = pool.get_idle_size() == pool.get_size()
    await reading.aclose()

    assert len(first) == 3
    assert idle_between
    assert pool.get_idle_size() == pool.get_size()


async def test_the_map_draws_each_cell_that_has_orders_as_a_link_to_its_list(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)

    answer = await client.get("/desk/map?item=A101", headers=HTML | bearer(town.dispatcher))

    drawing = answer.text.split("<svg class=", 1)[1].split("</svg>", 1)[0]
    table = answer.text.split('<table class="cell-table">', 1)[1]
    link = f'href="/desk?item=A101&amp;grid={COMMITTEE}001"'
    assert link in drawing
    assert link in table
    assert 'd="M' in drawing


async def test_a_map_without_orders_leads_back(client: httpx.AsyncClient, town: SmallTown) -> None:
    answer = await client.get("/desk/map", headers=HTML | bearer(town.dispatcher))

    assert answer.status_code == 200
    assert "没有符合条件的工单" in answer.text


async def test_an_unhappy_reporter_is_listed_until_somebody_reached_them(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await _unhappy(town, now)
    headers = HTML | bearer(town.dispatcher)

    listed = await client.get("/desk/calls", headers=headers)
    missed = await _keep(client, headers, order_id, "unreached")
    still = await client.get("/desk/calls", headers=headers)
    kept = await _keep(client, headers, order_id, "unsatisfied")
    gone, done = [await client.get(f"/desk/calls?tab={tab}", headers=headers) for tab in ("waiting", "done")]
    again = await _keep(client, headers, order_id, "satisfied")

    assert "车还在" in listed.text
    assert "没有留电话" in listed.text
    assert [missed.status_code, kept.status_code, again.status_code] == [303, 303, 409]
    assert "未联系上" in still.text
    assert f"/o/{order_id}" not in gone.text
    assert "又来了一次" in done.text
    assert "已回访过" in again.text


async def test_the_number_of_an_account_is_shown_to_whoever_opens_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await db.execute("UPDATE account SET phone = '02155551234' WHERE id = $1", town.resident.account_id)
    order_id = await _unhappy(town, now)
    headers = HTML | bearer(town.dispatcher)

    listed = await client.get("/desk/calls", headers=headers)
    opened = await client.post(f"/desk/calls/{order_id}/number", data={}, headers=headers)
    again = await client.get("/desk/calls", headers=headers)

    assert ["02155551234" in page.text for page in (listed, opened, again)] == [False, True, False]
    assert 'href="tel:02155551234"' in opened.text
    assert opened.headers["cache-control"] == "no-store"
    assert "已查看 1 次" in again.text


async def test_a_call_of_another_town_is_neither_listed_nor_kept(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id = await _unhappy(town, now)
    headers = HTML | bearer(await make_staff(Role.DISPATCHER, area=OTHER_TOWN))

    listed, kept = await client.get("/desk/calls", headers=headers), await _keep(client, headers, order_id, "satisfied")

    assert "车还在" not in listed.text
    assert kept.status_code == 404
    assert await db.fetchval("SELECT result FROM follow_up WHERE order_id = $1", order_id) is None


async def test_a_result_that_is_none_is_told_so(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    order_id = await _unhappy(town, now)

    answer = await _keep(client, HTML | bearer(town.dispatcher), order_id, "whatever")

    assert answer.status_code == 400
    assert await state_of(order_id) == "closed"


async def _unhappy(town: SmallTown, now: datetime) -> int:
    order_id = await make_closed(town, now)
    reporter: Actor = town.resident
    await orders.rate(order_id, 1, "车还在", TransitionContext(actor=reporter, now=now))
    return order_id


async def _keep(client: httpx.AsyncClient, headers: dict[str, str], order_id: int, result: str) -> httpx.Response:
    form = {"result": result, "note": "又来了一次"}
    return await client.post(f"/desk/calls/{order_id}", data=form, headers=headers)
