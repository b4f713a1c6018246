"""The hall, the home of volunteers and giving back, as plain pages: who sees what, and what a refusal says."""

import re
from datetime import datetime

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from tests.makers.accounts import bearer
from tests.makers.duty import make_volunteer
from tests.makers.pool import FIRE_LANE, grab, make_offer, make_pool_town
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY, TOWN, SmallTown, make_actor

HTML = {"accept": "text/html"}
Scene = tuple[SmallTown, list[Actor]]


@pytest.fixture
def now() -> datetime:
    """What is offered closes by the clock of the pages."""
    return clock.now()


@pytest.fixture
async def scene(database: str, now: datetime) -> Scene:
    return await make_pool_town(now)


async def hall(client: httpx.AsyncClient, who: Actor, query: str = "") -> str:
    return (await client.get(f"/hall{query}", headers=HTML | bearer(who))).text


def cards(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="offer-(\d+)" data-offer', page)]


async def test_the_hall_says_what_and_where_to_the_block_and_never_the_door(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, (volunteer, _) = scene
    offer_id = await make_offer(town, now)

    page = await hall(client, volunteer)

    assert cards(page) == [offer_id]
    assert "第一居委" in page
    assert "100号" not in page
    assert str(DOOR.lng) not in page


async def test_it_narrows_by_item_and_by_the_way_from_where_the_phone_is(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, (volunteer, _) = scene
    bins, lane = await make_offer(town, now), await make_offer(town, now, item=FIRE_LANE)
    far = {"within": "1000", "lng": str(FAR_AWAY.lng), "lat": str(FAR_AWAY.lat)}

    around = await client.post("/hall", data=far, headers=HTML | bearer(volunteer))
    here = await client.post("/hall", data={"lng": "121.5537", "lat": "31.1786"}, headers=HTML | bearer(volunteer))

    assert cards(await hall(client, volunteer, "?item=A303")) == [bins]
    assert sorted(cards(await hall(client, volunteer, "?item=%00&within=x"))) == [bins, lane]
    assert cards(around.text) == []
    assert "从您的位置算起" in around.text
    assert sorted(cards(here.text)) == [bins, lane]


async def test_who_takes_nothing_out_of_the_pool_has_no_hall(client: httpx.AsyncClient, scene: Scene) -> None:
    town, (volunteer, _) = scene
    readers = {town.dispatcher: 403, town.resident: 403, town.handlers[0]: 200, volunteer: 200}
    readers[await make_actor("居委", Role.COMMITTEE, COMMITTEE)] = 200

    for who, status in readers.items():
        answers = [await client.get(path, headers=HTML | bearer(who)) for path in ("/hall", "/volunteer")]
        assert [answer.status_code for answer in answers] == [status] * 2, who.name
    assert "/hall" in (await client.get("/inbox", headers=HTML | bearer(town.handlers[0]))).text
    assert "/hall" not in (await client.get("/inbox", headers=HTML | bearer(town.dispatcher))).text


async def test_a_plain_form_grabs_and_leads_to_the_order_with_the_lease(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, (volunteer, _) = scene
    offer_id = await make_offer(town, now)
    tap, me = {"key": "one-tap-1"}, HTML | bearer(volunteer)

    answers = [await client.post(f"/hall/{offer_id}/grab", data=tap, headers=me) for _ in range(2)]

    assert [answer.headers["location"] for answer in answers] == [answers[0].headers["location"]] * 2
    order = (await client.get(answers[0].headers["location"], headers=HTML | bearer(volunteer))).text
    assert "抢到了" in order
    assert "过时会转给别人" in order
    home = (await client.get("/volunteer", headers=HTML | bearer(volunteer))).text
    assert "手上的单(1/3)" in home
    assert "莲安东路100号" in home


async def test_whoever_was_later_is_told_who_was_first_and_what_else_is_near(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, (first, later) = scene
    offer_id, other = await make_offer(town, now), await make_offer(town, now, item=FIRE_LANE)
    await grab(offer_id, first, now)

    answer = await client.post(f"/hall/{offer_id}/grab", data={"key": "too-late-1"}, headers=HTML | bearer(later))

    assert answer.status_code == 409
    assert "已被 志** 抢走" in answer.text
    assert f'href="#offer-{other}"' in answer.text
    assert cards(answer.text) == [other]


async def test_what_the_reader_cannot_take_says_why_and_has_no_button_to_press(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, _ = scene
    await make_offer(town, now)
    off_call = await make_volunteer(now, "没有值守", is_on_call=False)

    before = await hall(client, off_call)
    form = {"is_on": "1", "hours": "2", "area": COMMITTEE, "to": "/hall"}
    switched = await client.post("/volunteer/on-call", data=form, headers=HTML | bearer(off_call))
    after = await hall(client, off_call)

    assert "开始值守后可抢" in before
    assert 'type="submit" disabled' in before
    assert switched.headers["location"] == "/hall?done=on_call"
    assert "正在值守:第一居委" in after
    assert 'type="submit" disabled' not in after
    await client.post("/volunteer/on-call", data={"is_on": "0"}, headers=HTML | bearer(off_call))
    assert await db.fetchval("SELECT count(*) FROM on_call WHERE account_id = $1", off_call.account_id) == 0


async def test_nobody_is_on_call_where_no_grant_lets_them_take_orders(client: httpx.AsyncClient, scene: Scene) -> None:
    _, (volunteer, _) = scene
    form = {"is_on": "1", "area": TOWN}

    answer = await client.post("/volunteer/on-call", data=form, headers=HTML | bearer(volunteer))

    assert answer.status_code == 403


async def test_giving_back_wants_a_reason_keeps_what_was_written_and_says_thanks(
    client: httpx.AsyncClient, scene: Scene, now: datetime
) -> None:
    town, (volunteer, other) = scene
    order_id = (await grab(await make_offer(town, now), volunteer, now)).order.id
    path, me = f"/volunteer/give-back/{order_id}", HTML | bearer(volunteer)

    without = await client.post(path, data={"note": "孩子发烧"}, headers=me)
    stranger = await client.get(path, headers=HTML | bearer(other))
    given = await client.post(path, data={"why": "no_time", "note": "孩子发烧"}, headers=me)

    assert (without.status_code, stranger.status_code, given.status_code) == (400, 404, 303)
    assert "请选择退回的原因" in without.text
    assert ">孩子发烧</textarea>" in without.text
    assert "已退回抢单池" in (await client.get(given.headers["location"], headers=me)).text
    assert await db.fetchval("SELECT note FROM take") == "孩子发烧"


async def test_whoever_helps_says_that_they_are_there(client: httpx.AsyncClient, scene: Scene, now: datetime) -> None:
    town, (lead, helper) = scene
    offer_id = await make_offer(town, now, needed=2)
    order_id = (await grab(offer_id, lead, now)).order.id
    me = HTML | bearer(helper)
    grabbed = await client.post(f"/hall/{offer_id}/grab", data={"key": "helping-1"}, headers=me)

    home = (await client.get(grabbed.headers["location"], headers=me)).text
    giving_back = (await client.get(f"/volunteer/give-back/{order_id}", headers=me)).text
    form = await client.get(f"/volunteer/arrive/{order_id}", headers=HTML | bearer(helper))
    wrong = await client.post(f"/volunteer/arrive/{order_id}", data={"code": "X"}, headers=HTML | bearer(helper))
    right = await client.post(f"/volunteer/arrive/{order_id}", data={"code": town.code}, headers=HTML | bearer(helper))
    after = (await client.get("/volunteer?done=arrived", headers=HTML | bearer(helper))).text
    too_late = await client.get(f"/volunteer/give-back/{order_id}", headers=me)
    strangers = await client.get(f"/volunteer/arrive/{order_id}", headers=HTML | bearer(await make_volunteer(now)))

    assert "抢到了" in home and f"/volunteer/arrive/{order_id}" in home
    assert f"/o/{order_id}" not in giving_back and (await client.get(f"/o/{order_id}", headers=me)).status_code == 404
    assert f'data-api="/api/v1/offers/{offer_id}/check-in"' in form.text
    assert (wrong.status_code >= 400, right.status_code, right.headers["location"]) == (
        True,
        303,
        "/volunteer?done=arrived",
    )
    assert "已记录到场" in after and f"/volunteer/arrive/{order_id}" not in after
    assert (strangers.status_code, too_late.headers["location"]) == (404, "/volunteer")
