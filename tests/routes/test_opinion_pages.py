"""The pages of public opinion: who is let in, what stands there, and what bad input comes to."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Actor, Role
from backend.public_opinion import counting, discovering, queueing, towns, warning
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


async def test_the_week_shows_what_rises_with_its_orders_one_click_away(client, town, now):
    async with listening() as statements:
        page = await see(client, f"/opinion?area={COMMITTEE}", town.dispatcher)
    matter_id = await db.fetchval("SELECT id FROM emerging_matter")
    cases = await see(client, f"/opinion/cases?matter={matter_id}", town.dispatcher)

    assert page.status_code == cases.status_code == 200
    assert MATTERS[0] in page.text and 'class="spark"' in page.text
    assert f"/opinion/cases?matter={matter_id}" in page.text
    assert cases.text.count('href="/o/') == 14
    assert "居民说" not in page.text and "居民说" not in cases.text
    assert len(statements) <= 12


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
            f"/opinion/cases?matter={matter_id}",
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

    assert (refused.status_code, empty.status_code, sent.status_code) == (403, 400, 303)
    assert "请选“有用”或“误报”" in empty.text
    assert "100%(" in page.text
    assert "/opinion/warnings/" not in (await see(client, "/opinion", member)).text


async def test_a_town_sets_the_rate_that_it_accepts(client, town):
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN)

    sent = await send(client, "/opinion/settings", admin, area=TOWN, accepted="2,5")
    wrong = [
        await send(client, "/opinion/settings", admin, area=TOWN, accepted=typed) for typed in ("0", "多", "nan", "1e9")
    ]
    refused = await send(client, "/opinion/settings", town.dispatcher, area=TOWN, accepted="2")

    assert sent.status_code == 303 and refused.status_code == 403
    assert [page.status_code for page in wrong] == [422] * 4
    assert 'value="多"' in wrong[1].text
    assert await db.fetchval("SELECT accepted_per_month FROM opinion_town") == 2.5


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
    for path in ("/opinion", "/opinion/cases"):
        answer = await see(client, f"{path}?{query}", town.dispatcher)
        assert answer.status_code in (200, 400, 404), answer.text
