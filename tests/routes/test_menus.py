"""The bar of each role leads nowhere that refuses its reader, and signing in opens the first of its pages."""

import re
from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.web.views.homes import home_of
from tests.makers.accounts import PASSWORD, bearer, make_staff
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_every_entry_of_every_bar_opens(client: httpx.AsyncClient, town: SmallTown) -> None:
    refused: dict[str, int] = {}
    for role in Role:
        area = COMMITTEE if role is Role.COMMITTEE else TOWN
        who = await make_staff(role, area=area, unit_id=town.unit_id if role is Role.HANDLER else None)
        for path in {*await _entries(client, who), home_of(who)}:
            answer = await client.get(path, headers=HTML | bearer(who), follow_redirects=True)
            refused |= {f"{role} {path}": answer.status_code} if answer.status_code != 200 else {}

    assert refused == {}


async def test_a_handler_of_a_property_company_is_offered_no_inspections(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    assert "/inspections" in await _entries(client, town.handlers[0])

    await db.execute("UPDATE org_unit SET kind = 'property' WHERE id = $1", town.unit_id)

    assert "/inspections" not in await _entries(client, town.handlers[0])


async def test_who_signs_in_begins_at_home_or_where_they_were_going_with_all_that_was_asked(
    client: httpx.AsyncClient,
) -> None:
    await make_staff(Role.DISPATCHER, username="desk")
    await make_staff(Role.INSPECTOR, username="beat")
    wanted = "/desk?tab=ended&item=A101&q=莲安"
    asked = await client.get(wanted, headers=HTML)
    page = await client.get(asked.headers["location"], headers=HTML)
    back = re.findall(r'name="next" value="([^"]*)"', page.text)[0].replace("&amp;", "&")

    opened = [
        await client.post("/sign-in", data={"username": name, "password": PASSWORD, "next": to}, headers=HTML)
        for name, to in (("desk", back), ("desk", ""), ("beat", ""))
    ]

    homes = [answer.headers["location"] for answer in opened]
    assert str(httpx.URL(homes[0])) == str(httpx.URL(wanted))
    assert homes[1:] == ["/desk", "/quick-report"]


async def _entries(client: httpx.AsyncClient, who: Actor) -> set[str]:
    page = (await client.get("/inbox", headers=HTML | bearer(who))).text
    bar = re.findall(r'<nav class="nav".*?</nav>', page, re.DOTALL)[0]
    return set(re.findall(r'<a href="([^"]+)"', bar))
