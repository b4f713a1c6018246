"""The wall: whose it is, that it counts what the overview counts, and what it asks of the database."""

import re
from datetime import date, datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from backend.sql import sql
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.campaigns import make_running
from tests.makers.desk import OTHER_TOWN, make_many
from tests.makers.emergencies import begin, make_head
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

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


async def heard_while(client: httpx.AsyncClient, who: Actor) -> list[str]:
    heard: Statements
    async with listening() as heard:
        await see(client, "/board", who)
    return [" ".join(each.sql.split()[:8]) for each in heard]


async def test_a_refresh_asks_the_database_little_however_much_there_is(client, town, admin, now):
    await make_many(town, now, 60)
    await see(client, "/board?area=310115105001", admin)

    first, refresh = [await heard_while(client, admin) for _ in range(2)]

    assert 1 < len(refresh) <= 10, refresh
    assert len(refresh) < len(first) <= 13, first


async def test_the_drawing_is_fetched_only_where_no_map_can_be_shown(client, town, admin, now):
    await make_many(town, now, 40)

    wall = (await see(client, "/board", admin)).text
    drawing = await see(client, f"/board/map.svg?area={TOWN}", admin)

    assert "grid-map" not in wall
    assert f'<noscript><img class="map-picture" src="/board/map.svg?area={TOWN}"' in wall
    assert f'data-drawing="/board/map.svg?area={TOWN}"' in wall
    assert (drawing.status_code, drawing.headers["content-type"]) == (200, "image/svg+xml")
    assert drawing.text.count('class="cell"') >= 2 and "<a " not in drawing.text


async def test_the_drawing_is_of_the_readers_areas_alone(client, town, admin):
    inspector = await make_staff(Role.INSPECTOR, area=TOWN)

    assert (await see(client, f"/board/map.svg?area={TOWN}", inspector)).status_code == 403
    assert (await see(client, f"/board/map.svg?area={OTHER_TOWN}", admin)).status_code == 404
    assert (await see(client, "/board/map.svg?area=%00", admin)).status_code == 200


async def make_matter(area: str, word: str, day: date, verdict: str | None = None) -> None:
    """Words that rose in an area, as the search for them left it."""
    word_id = await db.fetchval(
        "INSERT INTO opinion_word (town_code, word, is_place, found_at) VALUES ($1, $2, false, now()) RETURNING id",
        *(area[:9], word),
    )
    await db.execute(
        sql(
            "INSERT INTO emerging_matter (town_code, area_code, word_ids, first_on, last_on, orders, reporters,"
            " expected, surprise, false_discovery, warned_at, threshold, verdict, judged_by_id, judged_at)"
            " VALUES (:town, :area, ARRAY[:word::bigint], :day, :day, 14, 12, 1.5, 9.5, 0.001, now(), 3,"
            " :verdict::text,"
            " CASE WHEN :verdict::text IS NOT NULL THEN (SELECT min(id) FROM account) END,"
            " CASE WHEN :verdict::text IS NOT NULL THEN now() END)",
            town=area[:9], area=area, word=word_id, day=day, verdict=verdict,
        )
    )  # fmt: skip


async def test_early_signs_stand_on_the_wall_of_their_area_alone(client, town, admin, now):
    today = shanghai_date(now)
    await make_matter(COMMITTEE, "飞线充电", today)
    await make_matter(OTHER_TOWN, "高空抛物", today)
    await make_matter(COMMITTEE, "垃圾堆放", today, verdict="false_alarm")
    await make_matter(COMMITTEE, "毁绿占绿", today - timedelta(days=8))
    neighbour = await make_staff(Role.COMMITTEE, area=f"{TOWN}002", name="邻居村")

    wall, beside = [(await see(client, "/board", who)).text for who in (admin, neighbour)]

    assert re.search(r'<a href="/opinion/matters/\d+">飞线充电</a> <span class="tag warn">已预警</span>', wall)
    assert not {"高空抛物", "垃圾堆放", "毁绿占绿"} & set(re.findall(r"[\u4e00-\u9fff]{4}", wall))
    assert "飞线充电" not in beside


async def test_a_running_campaign_shows_how_far_it_is_within_the_area(client, town, admin, now):
    running = await make_running(town, now)
    await db.execute("UPDATE campaign_task SET state = 'done', done_at = now() WHERE id = $1", running.tasks[0])
    neighbour = await make_staff(Role.COMMITTEE, area=f"{TOWN}002", name="邻居村")

    wall, beside = [(await see(client, "/board", who)).text for who in (admin, neighbour)]

    assert f'<a href="/campaigns/{running.campaign_id}/coverage?area={TOWN}">防汛排查</a>' in wall
    assert '<span class="num">1</span><span class="quiet num"> /3</span>' in wall
    assert "防汛排查" not in beside


async def test_an_emergency_is_said_once_within_what_updates_itself_on_walls_that_it_touches(client, town, now):
    district = await make_staff(Role.DISTRICT_ADMIN, area=TOWN[:6], name="区管理员")
    emergency = await begin(await make_head(), now)

    of_town, elsewhere = [
        (await see(client, f"/board?area={area}", district)).text for area in (COMMITTEE, f"{TOWN[:6]}106")
    ]

    live = of_town[of_town.index('id="live"') :]
    banner = f'<a class="note bad emergency" href="/emergencies/{emergency}">'
    assert banner in live and of_town.count(f'"/emergencies/{emergency}"') == 1
    assert banner not in elsewhere
    assert "其他区域另有 1 处应急状态" in elsewhere
