"""The wall: whose it is, that it counts what the overview counts, and what it asks of the database."""

import re
from datetime import datetime

import httpx
import pytest

from backend import clock
from backend.accounts.structs import Actor, Role
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.desk import make_many
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def admin(town: SmallTown) -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员")


async def see(client: httpx.AsyncClient, path: str, who: Actor) -> httpx.Response:
    return await client.get(path, headers=HTML | bearer(who))


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.HANDLER, Role.VERIFIER, Role.VOLUNTEER, Role.SHOP_OWNER])
async def test_who_looks_after_no_area_has_no_wall(client, town, role):
    somebody = await make_staff(role, area=TOWN)

    assert (await see(client, "/board", somebody)).status_code == 403


async def test_the_wall_of_an_area_elsewhere_is_not_there(client, admin):
    assert (await see(client, "/board?area=310104003", admin)).status_code == 404


@pytest.mark.parametrize("area", ["%00", "9" * 40, "x", "0001", "310115105999999999"])
async def test_what_is_no_area_shows_ones_own(client, admin, area):
    assert (await see(client, f"/board?area={area}", admin)).status_code in (200, 404)


async def test_its_figures_are_those_of_the_overview_each_with_its_definition_and_its_list(client, town, admin, now):
    await make_many(town, now, 40)

    said = (await client.get("/api/v1/overview", headers=bearer(admin))).json()
    wall = (await see(client, "/board", admin)).text

    for name in ("open", "overdue", "closed", "on_time", "p50"):
        assert said["definitions"][name]["zh"] in wall
        assert f'href="{said["figures"][name]["list"].replace("&", "&amp;")}"' in wall
    assert f"n = {said['figures']['on_time']['n']}" in wall


async def test_an_urgent_order_is_one_tap_away(client, town, admin, now):
    await make_many(town, now, 3)

    wall = (await see(client, "/board", admin)).text

    orders = re.findall(r'href="(/o/\d+)"', wall)
    assert orders
    assert (await see(client, orders[0], admin)).status_code == 200


async def test_without_scripts_it_refreshes_by_itself_and_its_chart_is_a_table_too(client, admin):
    wall = (await see(client, "/board", admin)).text

    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in wall
    assert len(re.findall(r'<tr><th scope="row">20\d\d-\d\d-\d\d</th>', wall)) == 14


async def test_it_asks_the_database_little_however_much_there_is(client, town, admin, now):
    await make_many(town, now, 60)
    for _ in range(3):
        await see(client, "/board", admin)

    heard: Statements
    async with listening() as heard:
        await see(client, "/board", admin)

    assert 1 < len(heard) <= 15, [each.sql.split()[:8] for each in heard]
