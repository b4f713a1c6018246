"""The same code, scanned by six readers: what each finds on the page, and what none of the others finds."""

from datetime import datetime, timedelta

import httpx
import pytest

from backend import clock
from backend.accounts.structs import Actor, Role
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.cases import make_join
from tests.makers.orders import make_accepted, make_closed, make_order
from tests.makers.town import SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}
ME_TOO, YOURS, SIGN_IN, LAST_MONTH = "我也遇到 +1", "您已上报", "工作人员", "近30天"


async def scan(client: httpx.AsyncClient, town: SmallTown, reader: Actor | None = None) -> str:
    answer = await client.get(f"/q/{town.code}", headers=HTML | (bearer(reader) if reader else {}))
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.fixture
def now() -> datetime:
    """The page's own clock."""
    return clock.now()


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_stranger_reports_joins_or_signs_in(client: httpx.AsyncClient, town: SmallTown, now: datetime) -> None:
    await make_order(town, now)

    page = await scan(client, town)

    assert f'action="/q/{town.code}/report"' in page
    assert ME_TOO in page and SIGN_IN in page
    assert all(words not in page for words in (YOURS, LAST_MONTH, "/codes", "/o/", "巡查员"))


async def test_a_resident_follows_what_he_reported_and_joins_the_rest(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    phone = await make_device()
    order_id = (await make_order(town, now)).receipt.order_id
    token = (await make_join(town, order_id, phone, now)).receipt.tracking_token
    await make_order(town, now, item="A301")

    page = await scan(client, town, phone)

    assert page.count(YOURS) == page.count(ME_TOO) == 1
    assert "此处已有人上报(2) · 您已上报" in page
    assert f'href="/r/{token}"' in page
    assert all(words not in page for words in (LAST_MONTH, "/codes", "/o/"))


async def test_a_handler_finds_the_order_and_the_next_move(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    accepted = await make_accepted(town, now)
    waiting = (await make_order(town, now, item="A201")).receipt.order_id

    page = await scan(client, town, town.handlers[0])

    assert page.count("此处有您的工单") == 2
    assert f'href="/o/{accepted}?code={town.code}&amp;nonce=' in page and "到场打卡" in page
    assert f'href="/o/{waiting}?code={town.code}&amp;nonce=' in page and "接单" in page
    assert ME_TOO not in page and "/codes" not in page


async def test_a_handler_who_saw_it_too_is_still_led_to_the_work(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    accepted = await make_accepted(town, now)
    await make_join(town, accepted, town.handlers[0], now)

    page = await scan(client, town, town.handlers[0])

    assert f'href="/o/{accepted}?' in page and YOURS not in page


async def test_a_handler_of_another_unit_is_led_to_nobody_elses_order(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_accepted(town, now)
    stranger = await make_actor("别处", Role.HANDLER, "310115999")

    page = await scan(client, town, stranger)

    assert "/o/" not in page and ME_TOO in page and LAST_MONTH not in page


async def test_an_inspector_sees_orders_the_last_month_and_the_plate(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_accepted(town, now)
    await make_closed(town, now)
    await make_order(town, now - timedelta(days=40), item="A301")

    page = await scan(client, town, await make_staff(Role.INSPECTOR))

    assert "此处有在办工单" in page and 'href="/verify"' in page
    assert '近30天上报:停放秩序 <span class="num">2</span>' in page
    assert f'href="/codes/{town.code}"' in page


async def test_a_committee_member_has_the_plate_only_within_the_own_area(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    here = await scan(client, town, await make_staff(Role.COMMITTEE, area="310115105001"))
    elsewhere = await scan(client, town, await make_staff(Role.COMMITTEE, area="310115105002"))

    assert f'href="/codes/{town.code}"' in here and "近30天无上报" in here
    assert f'href="/codes/{town.code}"' not in elsewhere and LAST_MONTH not in elsewhere


async def test_a_shop_owner_finds_the_matters_of_shops_first(client: httpx.AsyncClient, town: SmallTown) -> None:
    page = await scan(client, town, await make_staff(Role.SHOP_OWNER))

    first = page.split('name="item" value="')[1].split('"')[0]
    assert first == "C101"
    assert 'value="C101"' not in await scan(client, town)
    assert all(words not in page for words in (LAST_MONTH, "/codes", "/o/"))
