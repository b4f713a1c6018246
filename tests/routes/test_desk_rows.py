"""What a dispatcher decides in a row of the desk, by plain forms: the list stays, the row says what became of it."""

import re
from datetime import datetime, timedelta
from html import unescape

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.calendars import service as calendars
from backend.calendars.structs import WeatherLevel
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension, AskSuspension, Decide
from backend.orders.transitions.transition import TransitionContext
from backend.web.views import times
from bench.parts.statements import listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.desk import make_dispatcher
from tests.makers.orders import make_accepted, make_order, state_of
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


async def asked(town: SmallTown, now: datetime, *, to_hold: bool = False) -> int:
    order_id = await make_accepted(town, now)
    by = TransitionContext(actor=town.handlers[0], now=now)
    if to_hold:
        await orders.ask_suspension(order_id, AskSuspension(reason="等配件"), by)
    else:
        await orders.ask_extension(order_id, AskExtension(minutes=60, reason="堵车"), by)
    return order_id


def forms_of(page: str, order_id: int) -> list[tuple[str, dict[str, str]]]:
    """Address and hidden fields of the forms of a row, in order."""
    found = re.findall(rf'<form[^>]*action="(/desk/orders/{order_id}/[^"]+)">(.*?)</form>', page, re.DOTALL)
    hidden = r'type="hidden" name="(\w+)" value="([^"]*)"'
    return [(unescape(action), dict(re.findall(hidden, body))) for action, body in found]


async def press(
    client: httpx.AsyncClient, who: Actor, form: tuple[str, dict[str, str]], **pressed: str
) -> httpx.Response:
    return await client.post(form[0], data=form[1] | pressed, headers=HTML | bearer(who))


async def test_one_press_grants_and_the_row_stands_where_it_was_with_its_new_limit(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, desk = await asked(town, now), HTML | bearer(town.dispatcher)
    listed = await client.get("/desk?tab=decision&item=A", headers=desk)
    grant = forms_of(listed.text, order_id)[0]

    answers = [await press(client, town.dispatcher, grant, answer="grant") for _ in range(2)]
    shown = await client.get(answers[0].headers["location"], headers=desk)

    assert "申请延期 1 小时" in listed.text and "堵车" in listed.text
    assert [answer.status_code for answer in answers] == [303, 303], "pressed twice is pressed once"
    assert answers[0].headers["location"].startswith("/desk?tab=decision&item=A&order=")
    due = await db.fetchval("SELECT resolve_by FROM work_order WHERE id = $1", order_id)
    assert due > now + timedelta(minutes=60)
    assert f"已批准,新期限 {times.moment('zh', due, clock.now())}" in shown.text
    assert f'<tr id="o-{order_id}" class="here">' in shown.text, "though the filter leaves it out by now"
    assert "可在本行改派" in shown.text


async def test_a_hold_is_granted_and_a_request_refused_with_a_reason_of_the_list_or_an_own_one(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    hold, more, own = await asked(town, now, to_hold=True), await asked(town, now), await asked(town, now)
    page = (await client.get("/desk", headers=HTML | bearer(town.dispatcher))).text

    held = await press(client, town.dispatcher, forms_of(page, hold)[0], answer="grant")
    listed = await press(client, town.dispatcher, forms_of(page, more)[1], why="时间还够,请按时完成", other="")
    said = await press(client, town.dispatcher, forms_of(page, own)[1], why="时间还够,请按时完成", other="先处理")
    bare = await press(client, town.dispatcher, forms_of(page, own)[1], answer="refuse", key="another-1")

    news = [
        (await client.get(answer.headers["location"], headers=HTML | bearer(town.dispatcher))).text
        for answer in (held, listed)
    ]
    assert (await state_of(hold), "已批准挂账" in news[0], "恢复处置" in news[0]) == ("suspended", True, True)
    assert "未批准,期限仍是" in news[1]
    notes = await db.fetch("SELECT order_id, note FROM order_step WHERE move = 'refuse'")
    assert {row["order_id"]: row["note"] for row in notes} == {more: "时间还够,请按时完成", own: "先处理"}
    assert (said.status_code, bare.status_code) == (303, 409)


async def test_what_somebody_else_decided_meanwhile_is_said_in_the_row_and_nothing_is_done(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, other = await asked(town, now), await make_dispatcher(TOWN, "李主任")
    page = (await client.get("/desk?tab=decision", headers=HTML | bearer(town.dispatcher))).text
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=other, now=now))

    answer = await press(client, town.dispatcher, forms_of(page, order_id)[1], why="时间还够,请按时完成")

    assert answer.status_code == 409
    row = answer.text.split(f'id="o-{order_id}"', 1)[1]
    assert "李主任 批准延期" in row and "没有提交" in row
    assert forms_of(answer.text, order_id) == [], "nothing is asked any more"
    assert await db.fetchval("SELECT count(*) FROM order_step WHERE move = 'refuse'") == 0


async def test_a_row_asks_whom_to_give_the_order_to_and_gives_it_by_one_press(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, desk = await make_accepted(town, now), HTML | bearer(town.dispatcher)
    listed = (await client.get("/desk", headers=desk)).text
    link = unescape(re.findall(rf'href="(/desk\?order={order_id}[^"]*open=1)#', listed)[0])
    for _ in range(3):
        await client.get(link, headers=desk)
    async with listening() as heard:
        opened = await client.get(link, headers=desk)
    (form,) = forms_of(opened.text, order_id)

    to = f"{town.unit_id}-{town.handlers[1].account_id}"
    given = await press(client, town.dispatcher, form, to=to, why="就近、空闲")
    shown = await client.get(given.headers["location"], headers=desk)
    late = await press(client, town.dispatcher, form, to=to, key="another", other="再派")

    assert len(heard) <= 12
    assert "巡查员2" in opened.text and "空闲" in opened.text and "data-paused" in opened.text
    assert "已改派给巡查员2" in shown.text and "再次改派" in shown.text
    assert await db.fetchval("SELECT handler_id FROM work_order") == town.handlers[1].account_id
    assert late.status_code == 409 and "派单员 改派" in late.text and "再派" in late.text


async def test_a_committee_and_a_neighbouring_desk_decide_nothing_in_rows(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    order_id, committee = await asked(town, now), await make_staff(Role.COMMITTEE, area=f"{TOWN}001")
    neighbour = await make_dispatcher("310115106")
    listed = await client.get("/desk", headers=HTML | bearer(committee))
    action = f"/desk/orders/{order_id}/decide"

    answers = [await press(client, who, (action, {}), answer="grant") for who in (committee, neighbour)]

    assert f"/o/{order_id}" in listed.text and forms_of(listed.text, order_id) == []
    assert [answer.status_code for answer in answers] == [403, 404]
    assert await db.fetchval("SELECT count(*) FROM order_request WHERE decided_at IS NULL") == 1


async def test_a_second_order_of_a_door_and_item_is_marked_with_a_way_to_merge_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    first, second = [(await make_order(town, now)).receipt for _ in range(2)]
    private = [(await make_order(town, now, item="B401")).receipt for _ in range(2)]

    page = (await client.get("/desk", headers=HTML | bearer(town.dispatcher))).text
    form = await client.get(
        f"/o/{second.order_id}/moves/merge?into_id={first.number}", headers=HTML | bearer(town.dispatcher)
    )

    assert f'href="/o/{second.order_id}/moves/merge?into_id={first.number}#move-merge"' in page
    assert "同点同类 1 张" in page
    assert not any(f"/o/{each.order_id}/moves/merge" in page for each in private), "never the same case"
    assert f'value="{first.number}" checked' in form.text


async def test_a_notice_is_put_away_by_each_for_themselves_until_it_is_another(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    desk, other = HTML | bearer(town.dispatcher), HTML | bearer(await make_dispatcher(TOWN))
    await calendars.set_weather(TOWN, WeatherLevel.RED, now)
    page = (await client.get("/desk?item=A", headers=desk)).text
    (key,) = re.findall(r'name="key" value="(red-[0-9T]+)"', page)

    away = await client.post("/desk/notices/put-away?item=A", data={"key": key}, headers=desk)
    again = await client.post("/desk/notices/put-away?item=A", data={"key": key}, headers=desk)
    unknown = await client.post("/desk/notices/put-away", data={"key": "'; --"}, headers=desk)
    mine, theirs = [(await client.get("/desk", headers=who)).text for who in (desk, other)]
    await calendars.end_weather(TOWN, now)
    await calendars.set_weather(TOWN, WeatherLevel.RED, now + timedelta(seconds=1))
    await db.execute("UPDATE weather_mode SET starts_at = starts_at - interval '1 minute' WHERE ends_at IS NULL")
    anew = (await client.get("/desk", headers=desk)).text

    assert (away.status_code, away.headers["location"], again.status_code) == (303, "/desk?item=A", 303)
    assert unknown.status_code == 422
    assert ["红色天气预警模式" in text for text in (page, mine, theirs, anew)] == [True, False, True, True]
