"""The pages of evaluation: whose they are, what they say of few cases, and what a wrong address gets."""

from datetime import timedelta

import httpx
import pytest

from backend import clock
from backend.accounts.structs import Actor, Role
from backend.calendars.rules import shanghai_date
from bench.parts.statements import Statements, listening
from tests.makers.accounts import bearer, make_staff
from tests.makers.indicators import contribute, sum_months
from tests.makers.town import COMMITTEE, TOWN, make_town

HTML = {"accept": "text/html"}
PAGES = ("/evaluation", "/evaluation/index", "/evaluation/roads", "/evaluation/roads.xlsx")


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
    for path in PAGES[:3]:
        await see(client, path, admin)
        heard: Statements
        async with listening() as heard:
            await see(client, path, admin)
        assert len(heard) <= 12, (path, [each.sql.split()[:6] for each in heard])
