"""The pages of committees and of their town: who is let in, what a refused form says, and how much they ask."""

from datetime import datetime

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.committees.changes import service
from backend.committees.overview.structs import FigureName
from backend.web.views.homes import home_of
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, grant, make_staff
from tests.makers.committees import draft_of, make_entry, make_template
from tests.makers.desk import make_many
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
OF_A_COMMITTEE = ("/committee", "/committee/duty-list", "/committee/duty-list/1", "/duty-changes", "/duty-changes/1")
PAGES = (*OF_A_COMMITTEE, "/overview", "/desk", "/desk/map")


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def admin(town: SmallTown) -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员")


@pytest.fixture
async def member(town: SmallTown) -> Actor:
    return await make_staff(Role.COMMITTEE, area=COMMITTEE, name="居委干部")


@pytest.fixture
async def change_id(admin: Actor, member: Actor, now: datetime) -> int:
    """A task in the list, and a request for it that waits."""
    task = await make_template(admin, now)
    await make_entry(admin, task, now)
    return (await service.request_change(COMMITTEE, draft_of(task), member, now)).id


async def see(client: httpx.AsyncClient, path: str, who: Actor) -> httpx.Response:
    return await client.get(path, headers=HTML | bearer(who))


async def send(client: httpx.AsyncClient, path: str, who: Actor, **fields: object) -> httpx.Response:
    return await client.post(path, data=fields, headers=HTML | bearer(who))


async def test_a_committee_is_at_home_on_its_board_and_a_town_on_the_overview_of_all(client, admin, member):
    board = await see(client, home_of(member), member)

    assert home_of(member) == "/committee"
    assert (await see(client, "/committee", admin)).headers["location"] == f"/overview?area={TOWN}"
    assert "第一居委 居村工作台" in board.text
    assert f'href="/desk?area={COMMITTEE}"' in board.text
    assert "居委干部" in board.text
    assert all(f'href="/committee/{page}"' in board.text for page in ("volunteers", "hours"))


@pytest.mark.usefixtures("change_id")
@pytest.mark.parametrize("path", PAGES)
async def test_pages_are_for_those_whose_areas_they_are_about(client, town, admin, member, path):
    far = await make_staff(Role.COMMITTEE, area="310104003001")
    allowed = [(await see(client, f"{path}?area={COMMITTEE}", who)).status_code for who in (member, admin)]
    refused = [(await see(client, path, who)).status_code for who in (town.handlers[0], town.verifier)]
    stranger = await client.get(path, headers=HTML)

    assert (allowed, refused, stranger.status_code) == ([200, 200], [403, 403], 303)
    if path not in ("/desk", "/desk/map", "/duty-changes"):
        assert (await see(client, f"{path}?area={COMMITTEE}", far)).status_code == 404


async def test_a_committee_reads_the_desk_and_is_offered_nothing_to_dispatch(client, town, member, now):
    await make_many(town, now, 30)

    desk = await see(client, "/desk", member)
    calls, export = await see(client, "/desk/calls", member), await see(client, "/desk/export.csv", member)

    assert "辖区工单" in desk.text
    assert 'name="id"' not in desk.text
    assert "/desk/reassign" in (await see(client, "/desk", town.dispatcher)).text
    assert (calls.status_code, export.status_code) == (403, 403)
    assert (await send(client, "/desk/reassign", member, id="1-1")).status_code == 403


async def test_a_request_is_a_plain_form_and_goes_out_once_however_often_it_is_sent(client, admin, member, now):
    task = await make_template(admin, now)
    await make_entry(admin, task, now)
    fields = {"kind": "frequency", "unit": "WEEKLY", "every": "1", "weekday": ["MO", "TH"], "month_day": "1"}
    fields |= {"reason": "人手不足", "key": "form-key-1"}

    answers = [await send(client, f"/committee/duty-list/{task}", member, **fields) for _ in range(2)]
    listed = await see(client, answers[0].headers["location"], member)

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "申请已提交" in listed.text and "申请待审批" in listed.text
    assert await db.fetchval("SELECT array_agg(rrule) FROM duty_change") == ["FREQ=WEEKLY;BYDAY=MO,TH"]


async def test_a_refused_form_comes_back_with_its_words_and_says_why(client, admin, member, now):
    task = await make_template(admin, now)
    await make_entry(admin, task, now)
    fields = {"kind": "frequency", "unit": "MONTHLY", "every": "40", "month_day": "-1", "reason": "每三年一次"}

    too_rare = await send(client, f"/committee/duty-list/{task}", member, **fields)
    without_reason = await send(client, f"/committee/duty-list/{task}", member, **{**fields, "reason": " "})

    assert too_rare.status_code == 422
    assert "频次写法无法识别" in too_rare.text and "每三年一次" in too_rare.text
    assert without_reason.status_code == 400
    assert "请写明理由" in without_reason.text


async def test_a_town_decides_by_plain_forms_and_nobody_on_the_own_request(client, admin, member, change_id, now):
    page = await see(client, f"/duty-changes/{change_id}", admin)
    without_reason = await send(client, f"/duty-changes/{change_id}", admin, decision="refuse", refusal="")
    refused = await send(client, f"/duty-changes/{change_id}", admin, decision="refuse", refusal="须每日巡查")
    task = await db.fetchval("SELECT id FROM task_template")
    both = await grant(member, Role.STREET_ADMIN, area=TOWN)
    own = await service.request_change(COMMITTEE, draft_of(task), both, now)
    by_oneself = await send(client, f"/duty-changes/{own.id}", both, decision="grant")
    taken_back = await send(client, f"/duty-changes/{own.id}", both, decision="withdraw")

    assert "每天" in page.text and "每周一、四" in page.text
    assert (without_reason.status_code, refused.status_code) == (400, 303)
    assert by_oneself.status_code == 403
    assert "不能审批自己提出的申请" in by_oneself.text
    assert taken_back.headers["location"] == "/duty-changes?done=withdrawn"
    states = await db.fetch("SELECT state FROM duty_change ORDER BY id")
    assert [row["state"] for row in states] == ["refused", "withdrawn"]


async def test_a_town_fills_its_dictionary_and_lays_tasks_down_by_plain_forms(client, admin, member):
    await send(client, f"/task-templates/standard?town={TOWN}", admin)
    task = await db.fetchval("SELECT id FROM task_template WHERE code = 'fire_lane'")
    unticked = await send(client, f"/task-templates/{task}?town={TOWN}", admin, act="lay_down")
    laid = await send(client, f"/task-templates/{task}?town={TOWN}", admin, act="lay_down", committee=COMMITTEE)
    await send(client, f"/task-templates/{task}?town={TOWN}", admin, act="close")
    added = await send(
        client,
        f"/task-templates?town={TOWN}",
        admin,
        **{"code": "lamps", "kind": "facility", "name_zh": "路灯", "name_en": "Lamps", "unit": "DAILY", "every": "3"},
    )
    page = await see(client, f"/task-templates?town={TOWN}", admin)

    assert (unticked.status_code, laid.status_code, added.status_code) == (400, 303, 303)
    assert "路灯" in page.text and "每 3 天" in page.text and "已停用" in page.text
    assert await db.fetchval("SELECT array_agg(committee_code::text) FROM duty_entry") == [COMMITTEE]
    assert (await see(client, "/task-templates", member)).status_code == 403


@pytest.mark.usefixtures("change_id")
@pytest.mark.parametrize(("path", "most"), [("/overview", 12), ("/committee", 13), ("/committee/duty-list", 12)])
async def test_the_pages_ask_the_database_little_however_much_there_is(client, town, member, now, path, most):
    await make_many(town, now, 60)
    for _ in range(3):
        await see(client, path, member)

    heard: Statements
    async with listening() as heard:
        answer = await see(client, path, member)

    assert answer.status_code == 200
    assert 1 < len(heard) <= most, [each.sql.split()[:8] for each in heard]


async def test_the_overview_says_how_each_figure_is_measured_and_where_its_orders_are(client, town, member, now):
    await make_many(town, now, 60)
    headers = bearer(member)

    said = (await client.get("/api/v1/overview", headers=headers)).json()
    page = (await see(client, "/overview", member)).text

    assert (said["area_code"], said["level"], said["name"]) == (COMMITTEE, "committee", "第一居委")
    assert set(said["figures"]) == set(said["definitions"]) == set(FigureName)
    for name, figure in said["figures"].items():
        definition = said["definitions"][name]
        assert definition["zh"] in page
        assert definition["en"]
        if figure["list"]:
            assert f'href="{figure["list"].replace("&", "&amp;")}"' in page
    assert [name for name, figure in said["figures"].items() if not figure["list"]] == ["new"]
    listed = await client.get(said["figures"]["overdue"]["list"], headers=HTML | headers)
    assert f'<strong class="num">{said["figures"]["overdue"]["value"]:.0f}</strong>' in listed.text
