"""The pages of public opinion: who is let in, what stands there, and what bad input comes to."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.public_opinion import counting, discovering, districts, queueing, towns, warning
from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.weeks import week_at
from bench.parts.statements import listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.opinion import MATTERS, outbreak, say, weeks_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
def now() -> datetime:
    today = clock.now()
    return today


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    made = await make_town(now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now)]))
    await counting.count_pending(now)
    await discovering.discover(now)
    await counting.count_pending(now)
    await towns.note_replay(TOWN, ShuffledPast((2.5, 3.0), 600), now)
    await warning.warn_in(TOWN, now)
    return made


async def see(client: httpx.AsyncClient, path: str, who: Actor) -> httpx.Response:
    return await client.get(path, headers=HTML | bearer(who))


async def send(client: httpx.AsyncClient, path: str, who: Actor, **fields: object) -> httpx.Response:
    return await client.post(path, data=fields, headers=HTML | bearer(who))


async def test_the_week_shows_what_rises_and_a_matter_its_texts_one_click_away(client, town, now):
    async with listening() as statements:
        page = await see(client, f"/opinion?area={COMMITTEE}", town.dispatcher)
    async with listening() as of_matter:
        matter_id = await db.fetchval("SELECT id FROM emerging_matter")
        matter = await see(client, f"/opinion/matters/{matter_id}", town.dispatcher)
    moved = await see(client, f"/opinion/cases?matter={matter_id}", town.dispatcher)

    assert page.status_code == matter.status_code == 200
    assert (moved.status_code, moved.headers["location"]) == (303, f"/opinion/matters/{matter_id}")
    assert MATTERS[0] in page.text and 'class="spark"' in page.text and "12345 热线" in page.text
    assert f"/opinion/matters/{matter_id}" in page.text
    assert matter.text.count('href="/o/') == 14
    assert MATTERS[0] in matter.text and "发出预警" in matter.text
    assert len(statements) <= 12 and len(of_matter) <= 13


async def test_a_district_reads_its_towns_together_and_what_each_word_is_of(client, town, now):
    await districts.add_up(now, 13)
    district = await make_staff(Role.DISTRICT_ADMIN, area=TOWN[:6])

    async with listening() as statements:
        page = await see(client, "/opinion", district)
    cases = await see(client, f"/opinion/cases?area={TOWN[:6]}&said={MATTERS[0]}", district)
    others = [await see(client, f"/opinion/cases?area={TOWN[:6]}&{said}", district) for said in ("word=1", "said=%00")]

    assert page.status_code == 200 and MATTERS[0] in page.text and "全区合计" in page.text
    assert len(statements) <= 12
    assert cases.text.count('href="/o/') == 14
    assert [each.status_code for each in others] == [404, 404]
    assert (await see(client, f"/opinion?area={TOWN[:6]}", town.dispatcher)).status_code == 404


async def test_a_warning_is_taken_up_and_put_aside_by_forms_that_bring_back_what_was_typed(client, town):
    member = await make_staff(Role.COMMITTEE, area=COMMITTEE)
    matter_id = await db.fetchval("SELECT id FROM emerging_matter")
    path = f"/opinion/warnings/{matter_id}"
    case_id = await db.fetchval("SELECT order_id FROM opinion_text ORDER BY id DESC LIMIT 1")

    wrong = [
        await send(client, f"{path}/{what}", town.dispatcher, **fields)
        for what, fields in (
            ("put-aside", {"reason": ""}),
            ("put-aside", {"reason": "字" * 501}),
            ("take-up", {"number": "ZZZ", "reason": "先去看看"}),
            ("take-up", {"case": "9" * 18}),
            ("take-up", {"reason": "\x00", "number": "\x00"}),
        )
    ]
    refused = await send(client, f"{path}/put-aside", member, reason="不用")
    gone = await send(client, "/opinion/warnings/99999/take-up", town.dispatcher, reason="没有")
    taken = await send(client, f"{path}/take-up", town.dispatcher, case=case_id, reason="联合整治")
    again = await send(client, f"{path}/take-up", town.dispatcher, reason="再来")
    aside = await send(client, f"{path}/put-aside", town.dispatcher, reason="雨停了")
    page = await see(client, f"/opinion/matters/{matter_id}", town.dispatcher)

    assert all(each.status_code in (303, 400, 404, 422) for each in wrong)
    assert "先去看看" in wrong[2].text
    assert (refused.status_code, gone.status_code) == (403, 404)
    assert (taken.status_code, again.status_code, aside.status_code) == (303, 409, 303)
    assert "联合整治" in page.text and "雨停了" in page.text and "已搁置" in page.text
    assert "/put-aside" not in page.text and "/take-up" in page.text
    assert "/opinion/warnings/" not in (await see(client, f"/opinion/matters/{matter_id}", member)).text


async def test_a_word_leads_to_the_orders_that_say_it_in_its_week(client, town, now):
    word_id = await db.fetchval("SELECT id FROM opinion_word WHERE word = $1", MATTERS[1])
    week = week_at(now - timedelta(days=14))

    page = await see(client, f"/opinion/cases?area={TOWN}&week={week}&word={word_id}", town.dispatcher)

    many = await db.fetchval(
        "SELECT orders FROM opinion_count WHERE word_id = $1 AND week = $2 AND area_code = $3", word_id, week, TOWN
    )
    assert page.text.count('href="/o/') == min(50, many) > 0


async def test_pages_are_for_those_whose_desk_it_is(client, town):
    member = await make_staff(Role.COMMITTEE, area=COMMITTEE)
    district = await make_staff(Role.DISTRICT_ADMIN, area=TOWN[:6])
    far = await make_staff(Role.DISPATCHER, area="310104003")
    matter_id = await db.fetchval("SELECT id FROM emerging_matter")

    own = [await see(client, "/opinion", who) for who in (member, district, town.dispatcher)]
    foreign = [
        await see(client, path, far)
        for path in (
            f"/opinion?area={TOWN}",
            f"/opinion/matters/{matter_id}",
            f"/opinion/cases?area={TOWN}&word=1",
        )
    ]
    refused = [await see(client, "/opinion", who) for who in (town.handlers[0], town.verifier)]

    assert [page.status_code for page in own] == [200, 200, 200]
    assert [page.status_code for page in foreign] == [404, 404, 404]
    assert [page.status_code for page in refused] == [403, 403]
    assert (await see(client, f"/opinion?area={TOWN}", member)).status_code == 404
    assert (await client.get("/opinion", headers=HTML)).status_code == 303


async def test_the_desk_says_whether_a_warning_was_useful_and_a_committee_only_reads(client, town):
    member = await make_staff(Role.COMMITTEE, area=COMMITTEE)
    matter_id = await db.fetchval("SELECT id FROM emerging_matter")
    path, fields = f"/opinion/warnings/{matter_id}", {"area": COMMITTEE, "verdict": "false_alarm"}

    refused = await send(client, path, member, **fields)
    empty = await send(client, path, town.dispatcher, area=COMMITTEE)
    sent = await send(client, path, town.dispatcher, **fields)
    page = await see(client, f"/opinion?area={COMMITTEE}", town.dispatcher)
    huge = await send(client, f"/opinion/warnings/{'9' * 30}", town.dispatcher, verdict="useful")

    assert (refused.status_code, empty.status_code, sent.status_code) == (403, 400, 303)
    assert huge.status_code in (400, 404)
    assert "请选“有用”或“误报”" in empty.text
    assert "100%(" in page.text
    assert "/opinion/warnings/" not in (await see(client, "/opinion", member)).text


async def test_a_town_sets_the_rate_that_it_accepts(client, town):
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN)

    settings = "/opinion/settings"
    sent = await send(client, settings, admin, area=TOWN, accepted="2,5", quiet_days="60")
    wrong = [
        await send(client, settings, admin, area=TOWN, accepted=typed, quiet_days=days)
        for typed, days in (
            ("0", "28"),
            ("多", "28"),
            ("nan", "28"),
            ("1e9", "28"),
            ("1", "27"),
            ("1", "x"),
            ("1", "9" * 18),
        )
    ]
    refused = await send(client, settings, town.dispatcher, area=TOWN, accepted="2", quiet_days="60")
    page = await see(client, f"/opinion?area={TOWN}", admin)

    assert sent.status_code == 303 and refused.status_code == 403
    assert [page.status_code for page in wrong] == [422] * 7
    assert "早一点,还是准一点" in page.text and page.text.count('<tr class="chosen">') == 1
    assert 'value="多"' in wrong[1].text
    row = await db.fetchrow("SELECT accepted_per_month, quiet_days FROM opinion_town")
    assert tuple(row) == (2.5, 60)


@pytest.mark.parametrize(
    "query",
    [
        "area=%00&week=%00",
        "week=0001-01-01",
        "week=9999-12-31",
        "week=2026-W47",
        f"week={'9' * 400}",
        "area=1",
        f"area={'3' * 400}",
        "word=99999999999999999999&matter=-1",
        "word=1&cursor=zzz",
        "matter=１２",
        "matter=9223372036854775808",
    ],
)
async def test_odd_addresses_are_no_errors_of_ours(client, town, query):
    for path in ("/opinion", "/opinion/cases", "/opinion/matters/9223372036854775807", f"/opinion/matters/{'9' * 30}"):
        answer = await see(client, f"{path}?{query}", town.dispatcher)
        assert answer.status_code in (200, 303, 400, 404), answer.text
