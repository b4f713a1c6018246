"""Which pages have a map that can be moved, and what each of its readers is told on it."""

import html
import json
import re
from datetime import datetime

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted, make_order
from tests.makers.patrols import make_beat
from tests.makers.shops import make_storefront_of
from tests.makers.town import DOOR, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


async def see(client: httpx.AsyncClient, path: str, who: Actor | None = None) -> str:
    answer = await client.get(path, headers=HTML | (bearer(who) if who else {}))
    assert answer.status_code == 200, answer.text[:400]
    return answer.text


def said_of_map(page: str) -> dict[str, str]:
    """The attributes of the page's map."""
    (element,) = re.findall(r"<div class=\"live-map\"([^>]*)>", page)
    return {name: html.unescape(value) for name, value in re.findall(r"data-([\w-]+)(?:=\"([^\"]*)\")?", element)}


def marks_of(page: str) -> list[tuple[str, str]]:
    """Sign and tone of each thing on the page's map."""
    return [(mark["text"], mark["tone"]) for mark in json.loads(said_of_map(page).get("marks") or "[]")]


async def test_everybody_sees_a_place_its_areas_and_no_order_of_anybody(client, town, now):
    order = (await make_order(town, now, description="楼道堆物")).receipt.order_id
    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", order)

    for who in (None, town.dispatcher):
        page = await see(client, f"/places/{town.place_id}", who)

        assert "莲安东路100号" in page and 'class="vicinity"' in page
        assert "orders" not in said_of_map(page) and marks_of(page) == [("", "here")]
        assert number not in page and "楼道堆物" not in page and town.code not in page
        assert f'name="lng" value="{DOOR.lng:.6f}"' in page


@pytest.mark.parametrize("path", ["0", "-1", "99999999", "9" * 30, "%00", "1e3", "９"])
async def test_what_is_no_place_is_not_there(client, town, path):
    answer = await client.get(f"/places/{path}", headers=HTML)

    assert answer.status_code in (400, 404, 405), answer.status_code


async def test_a_shops_public_page_and_a_places_history_lead_to_its_public_page(client, town, now):
    await make_storefront_of(town)

    for path, who in ((f"/q/{town.code}/shop", None), (f"/places/{town.place_id}/history", town.dispatcher)):
        assert f'href="/places/{town.place_id}"' in await see(client, path, who)


async def test_an_orders_page_has_the_order_and_where_its_handler_arrived_for_its_staff(client, town, now):
    order_id = await make_accepted(town, now)
    handler = town.handlers[0]
    fix = Fix(lng=DOOR.lng + 0.0001, lat=DOOR.lat, accuracy_m=8)
    await orders.check_in(order_id, CheckInInput(point=fix), TransitionContext(actor=handler, now=now))

    page = await see(client, f"/o/{order_id}", town.dispatcher)

    assert marks_of(page) == [("到", "good"), ("", "here")]
    assert said_of_map(page)["orders"] == "/tiles/orders/{z}/{x}/{y}.mvt"
    assert {"waits", "opens"} <= said_of_map(page).keys()
    assert 'class="vicinity"' in page


async def test_where_a_handler_arrived_is_shown_no_longer_than_the_raw_fix_is_kept(client, town, now):
    order_id = await make_accepted(town, now)
    fix = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)
    await orders.check_in(order_id, CheckInInput(point=fix), TransitionContext(actor=town.handlers[0], now=now))
    await db.execute("UPDATE check_in SET raw_lng = NULL, raw_lat = NULL, raw_datum = NULL, fixed_at = NULL")

    assert marks_of(await see(client, f"/o/{order_id}", town.verifier)) == [("", "here")]


async def test_the_reporter_sees_neither_arrivals_nor_other_orders_on_the_map(client, town, now):
    order_id = await make_accepted(town, now)
    fix = Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)
    await orders.check_in(order_id, CheckInInput(point=fix), TransitionContext(actor=town.handlers[0], now=now))

    page = await see(client, f"/o/{order_id}", town.resident)

    assert all(tone == "here" for _, tone in marks_of(page))
    assert not {"orders", "opens"} & said_of_map(page).keys()


async def test_the_page_of_coverage_has_its_places_by_when_they_were_visited(client, town, now):
    beat = await make_beat(now)

    page = await see(client, f"/patrols/coverage?area={TOWN}", beat.committee)

    tones = {tone for _, tone in marks_of(page)}
    assert len(marks_of(page)) == len(beat.places) and tones <= {"fresh", "stale", "old", "never"}
    assert 'class="patrol-map"' in page and 'id="place-1"' in page
