"""The pages of evaluation: whose they are, what they say of few cases, and what a wrong address gets."""

from datetime import timedelta

import httpx
import pytest

from backend import clock
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.evaluation import make_late_case
from tests.makers.indicators import contribute, sum_months
from tests.makers.town import COMMITTEE, TOWN, make_town

HTML = {"accept": "text/html"}
PAGES = ("/evaluation", "/evaluation/index", "/evaluation/roads", "/evaluation/roads.xlsx", "/evaluation/roads.pdf")
SETTINGS = {
    "area": TOWN,
    "done_on_time_rate": "60",
    "failed_verification_rate": "40",
    "resident_share": "0",
    "secure": "B1、B2",
    "orderly": "a1 A2",
    "clean": "A3",
    "appeal_days": "30",
    "reason": "本镇先看处置",
}


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
async def town(database, now):
    return await make_town(now)


@pytest.fixture
async def admin(town) -> Actor:
    return await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员")


async def see(client: httpx.AsyncClient, path: str, who: Actor) -> httpx.Response:
    return await client.get(path, headers=HTML | bearer(who))


async def send(client: httpx.AsyncClient, path: str, who: Actor, said: dict[str, str]) -> httpx.Response:
    return await client.post(path, data=said, headers=HTML | bearer(who))


@pytest.mark.parametrize("path", PAGES)
async def test_only_who_reads_the_desk_of_the_area_sees_them(client, town, admin, path):
    handler = await make_staff(Role.HANDLER, area=TOWN)

    assert (await see(client, path, handler)).status_code == 403
    assert (await see(client, f"{path}?area=310104003", admin)).status_code == 403
    assert (await see(client, path, admin)).status_code == 200


@pytest.mark.parametrize(
    "said", ["first=x", "first=2026-13-01&last=2026-01-01", "last=0001-01-01", "last=%00", "area=%00"]
)
async def test_a_wrong_address_is_refused_with_words(client, admin, said):
    for path in PAGES:
        assert (await see(client, f"{path}?{said}", admin)).status_code in (200, 400, 403, 422)


async def test_a_unit_with_few_cases_has_its_share_and_no_rank(client, town, admin, now):
    await contribute(COMMITTEE, shanghai_date(now) - timedelta(days=2), unit_id=town.unit_id, due=1, done_in_time=1)
    await sum_months()

    page = (await see(client, "/evaluation", admin)).text

    assert "样本太少" in page
    assert "100.0 %" in page
    assert "1/1" in page


async def test_they_ask_the_database_little(client, town, admin, now):
    await contribute(COMMITTEE, shanghai_date(now) - timedelta(days=2), unit_id=town.unit_id, due=1, done_in_time=1)
    await sum_months()
    for path in (*PAGES[:3], "/evaluation/people", "/evaluation/me", "/evaluation/appeals", "/evaluation/settings"):
        await see(client, path, admin)
        heard: Statements
        async with listening() as heard:
            await see(client, path, admin)
        assert len(heard) <= 12, (path, [each.sql.split()[:6] for each in heard])


async def test_a_person_sees_their_own_figures_and_the_centre_the_same_page_and_nobody_else(client, town, admin, now):
    handler, colleague = town.handlers
    await make_late_case(town, now)
    today = f"first={shanghai_date(now)}&last={shanghai_date(now)}"
    path = f"/evaluation/people/{handler.account_id}?{today}"

    own = (await see(client, f"/evaluation/me?{today}", handler)).text
    theirs = (await see(client, path, admin)).text
    listed = (await see(client, f"/evaluation/people?{today}", town.dispatcher)).text

    assert all("0/1" in page and "只用于帮助改进" in page for page in (own, theirs))
    assert "0/1" in listed and handler.name in listed
    member = await make_staff(Role.COMMITTEE, area=COMMITTEE)
    elsewhere = await make_staff(Role.DISPATCHER, area="310104003")
    for other in (handler, colleague, town.verifier, member, elsewhere):
        assert (await see(client, path, other)).status_code in (403, 404), "nobody but the centre of the area"
    assert (await see(client, f"/evaluation/people?area={TOWN}", elsewhere)).status_code == 403
    assert "0/1" not in (await see(client, f"/evaluation/me?{today}", colleague)).text
    assert (await see(client, "/evaluation/people/999999999", admin)).status_code == 404


async def test_whoever_works_for_a_unit_sees_its_figures_beside_the_own(client, town, now):
    await make_late_case(town, now)
    today = f"first={shanghai_date(now)}&last={shanghai_date(now)}"

    unit = (await see(client, f"/evaluation/me?of=unit&{today}", town.handlers[1])).text
    nobody = (await see(client, f"/evaluation/me?of=unit&{today}", town.verifier)).text

    assert "<h1>巡查队</h1>" in unit and "0/1" in unit and "退单率" in unit
    assert "of=unit&amp;measure=done_on_time_rate" in unit or "measure=done_on_time_rate&amp;of=unit" in unit
    assert "0/1" not in nobody and "本单位" not in nobody.replace("我和本单位", "")


async def test_names_of_people_stand_on_no_page_of_others(client, town, admin, now):
    await make_late_case(town, now)

    for path in ("/evaluation", "/evaluation/index", "/evaluation/roads", "/indicators", "/board"):
        assert town.handlers[0].name not in (await see(client, path, admin)).text


async def test_a_wrong_appeal_is_refused_with_words_and_what_was_typed(client, town, now):
    handler, order_id = town.handlers[0], await make_late_case(town, now)
    asked = {"order": str(order_id), "measure": "done_on_time_rate", "of": "person"}

    empty = await send(client, "/evaluation/appeals", handler, asked | {"reason": "理由在此", "evidence": " "})
    long = await send(client, "/evaluation/appeals", handler, asked | {"reason": "长" * 501, "evidence": "x"})
    odd = [
        await send(client, "/evaluation/appeals", handler, {**asked, **said, "reason": "x", "evidence": "x"})
        for said in ({"order": "x"}, {"order": "9" * 30}, {"measure": "\0"}, {"of": "nobody"}, {"order": "0"})
    ]
    nul = await send(client, "/evaluation/appeals", handler, asked | {"reason": "a\0b", "evidence": "x"})

    assert (empty.status_code, long.status_code) == (422, 400)
    assert "理由在此" in empty.text and "长" * 501 in long.text
    assert {each.status_code for each in odd} == {404}
    assert nul.status_code in (400, 422)
    for path in ("/evaluation/appeals/new", "/evaluation/appeals/new?order=1&measure=x&of=person"):
        assert (await see(client, path, handler)).status_code == 404
    assert (await see(client, "/evaluation/appeals/999", handler)).status_code == 404
    assert (await send(client, "/evaluation/appeals/999/decide", handler, {"state": "granted"})).status_code == 404


async def test_a_town_sets_its_own_index_and_sees_who_changed_what(client, town, admin):
    dispatcher = town.dispatcher

    saved = await send(client, "/evaluation/settings", admin, SETTINGS)
    page = (await see(client, "/evaluation/settings", admin)).text
    index = (await see(client, "/evaluation/index", admin)).text

    assert saved.status_code == 303
    assert "本镇先看处置" in page and "60 / 40 / 0" in page and "街镇管理员" in page
    assert "60 %" in index and "北蔡镇设置" in index and "B1 消防安全" in index
    assert (await see(client, "/evaluation/settings", dispatcher)).status_code == 403
    assert (await send(client, "/evaluation/settings", dispatcher, SETTINGS)).status_code == 403
    assert (await send(client, "/evaluation/settings", admin, SETTINGS | {"area": "310104003"})).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"done_on_time_rate": "61"},
        {"done_on_time_rate": "9" * 30},
        {"done_on_time_rate": "-1"},
        {"secure": "没有"},
        {"secure": "B1\0"},
        {"clean": "A301 A3"},
        {"appeal_days": "0"},
        {"reason": ""},
        {"reason": "长" * 501},
    ],
)
async def test_settings_that_cannot_be_come_back_with_the_reason(client, admin, said):
    answer = await send(client, "/evaluation/settings", admin, SETTINGS | said)

    assert answer.status_code in (400, 422)
    assert 'class="note bad"' in answer.text


async def test_a_sign_that_no_database_takes_is_refused(client, admin):
    assert (await send(client, "/evaluation/settings", admin, SETTINGS | {"reason": "a\0"})).status_code == 422


async def test_subscribing_is_a_button_that_turns_into_its_end(client, town, admin):
    on = {"area": TOWN, "last": "2026-11-22", "on": "1"}

    begun = await send(client, "/evaluation/subscriptions", admin, on)
    page = (await see(client, begun.headers["location"].partition("#")[0], admin)).text
    ended = await send(client, "/evaluation/subscriptions", admin, on | {"on": "0"})

    assert begun.headers["location"] == f"/evaluation/roads?area={TOWN}&last=2026-11-22&done=subscribed#subscribe"
    assert "已订阅" in page and ">退订<" in page
    assert ended.headers["location"].endswith("done=unsubscribed#subscribe")
    assert (await send(client, "/evaluation/subscriptions", town.handlers[0], on)).status_code == 403
    for wrong in ({"area": "310104003"}, {"area": "\0"}, {"last": "0001-01-01"}):
        assert (await send(client, "/evaluation/subscriptions", admin, on | wrong)).status_code in (400, 403, 422)
