"""A place's whole history on a page: what was ever reported there, and who may read it."""

from datetime import timedelta

import httpx
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.orders.cases.root_cause import open_root_causes
from qr import service as qr
from tests.makers.accounts import bearer, make_device
from tests.makers.cases import merge
from tests.makers.orders import make_order
from tests.makers.statements import count_statements
from tests.makers.town import TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}
ELSEWHERE = "310104003"


@pytest.fixture
async def town(client: httpx.AsyncClient, now) -> SmallTown:
    return await make_town(now)


def address(town: SmallTown, query: str = "") -> str:
    return f"/places/{town.place_id}/history{query}"


async def opened(town: SmallTown, now, item: str = "A101") -> int:
    return (await make_order(town, now, item=item)).receipt.order_id


async def read(client: httpx.AsyncClient, town: SmallTown, query: str = "") -> str:
    answer = await client.get(address(town, query), headers=HTML | bearer(town.dispatcher))
    assert answer.status_code == 200, answer.text
    return answer.text


def links(text: str) -> list[int]:
    return [int(part.split('"', 1)[0]) for part in text.split('class="order ')[1:] for part in part.split("/o/")[1:2]]


async def test_everything_is_there_newest_first_and_leads_to_its_order(client, town, now):
    first = await opened(town, now - timedelta(days=400))
    second = await opened(town, now, "A301")

    text = await read(client, town)

    assert links(text) == [second, first]


async def test_a_class_is_counted_by_month_and_all_before_in_one(client, town):
    now = clock.now()
    for days in (400, 300):
        await opened(town, now - timedelta(days=days))
    for _ in range(3):
        await opened(town, now)

    row = (await read(client, town)).split("<tbody>")[1].split("</tr>")[0]

    assert "<td>2</td>" in row
    assert '<td class="often">3</td>' in row
    assert "<strong>5</strong>" in row


async def test_it_is_narrowed_by_class_and_by_what_is_open(client, town, now):
    ended, kept = await opened(town, now), await opened(town, now)
    other = await opened(town, now, "A301")
    await db.execute("UPDATE work_order SET state = 'cancelled', cancelled_at = $2 WHERE id = $1", ended, now)

    assert links(await read(client, town, "?item=A1")) == [kept, ended]
    assert links(await read(client, town, "?item=A1&state=open")) == [kept]
    assert links(await read(client, town, "?state=ended")) == [ended]
    assert links(await read(client, town, "?item=A301")) == [other]


async def test_values_that_mean_nothing_narrow_nothing_and_a_foreign_cursor_is_told(client, town, now):
    order = await opened(town, now)

    assert links(await read(client, town, "?item=%25'--&state=lost")) == [order]
    answer = await client.get(address(town, "?cursor=x"), headers=HTML | bearer(town.dispatcher))
    assert answer.status_code == 400


async def test_merged_orders_name_their_case_and_root_cause_orders_are_marked(client, town, now):
    one, two, three, four = [await opened(town, now) for _ in range(4)]
    await merge(town, one, two, now)
    [root] = await open_root_causes([four], now)
    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", two)

    text = await read(client, town)

    assert root is not None and links(text) == [root.order_id, four, three, two, one]
    assert f"并入 {number}" in text and "并入了 1 件" in text
    assert text.split('<ul class="orders">')[1].count("顽症根治</span>") == 1


async def test_pages_go_on_by_the_address_and_keep_the_filter(client, town, now):
    orders = [await opened(town, now) for _ in range(32)]

    first = await read(client, town, "?item=A1")
    further = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    rest = await read(client, town, further.removeprefix(address(town)))

    assert "item=A1" in further
    assert links(first) + links(rest) == orders[::-1]


async def test_a_place_that_took_over_another_tells_of_both_until_then(client, town, now):
    former = await db.fetchval(
        "INSERT INTO place (kind, name, area_id, loc, raw_lng, raw_lat, dataset, source_key)"
        " SELECT kind, '老店', area_id, loc, raw_lng, raw_lat, dataset, 'former' FROM place"
        " WHERE id = $1 RETURNING id",
        town.place_id,
    )
    before, after = await opened(town, now + timedelta(days=2)), await opened(town, now + timedelta(days=4))
    await db.execute("UPDATE work_order SET place_id = $1", former)
    await qr.merge(town.place_id, former, actor=None, now=now + timedelta(days=1))
    await qr.merge(former, town.place_id, actor=None, now=now + timedelta(days=3))

    text = await read(client, town)

    assert links(text) == [before] and after not in links(text)
    assert "原 老店" in text


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.SHOP_OWNER, Role.VOLUNTEER])
async def test_no_resident_and_no_stranger_reads_it(client, town, now, role):
    await opened(town, now)
    resident = await make_actor("居民", role, "")

    refused = await client.get(address(town), headers=HTML | bearer(resident))
    device = await client.get(address(town), headers=HTML | bearer(await make_device()))
    stranger = await client.get(address(town), headers=HTML)

    assert refused.status_code == device.status_code == 403
    assert stranger.status_code in (302, 303, 401)


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.DISPATCHER, Role.HANDLER])
async def test_for_staff_of_another_town_the_place_is_not_there(client, town, now, role):
    await opened(town, now)
    far = await make_actor("外区", role, ELSEWHERE)

    answer = await client.get(address(town), headers=HTML | bearer(far))

    assert answer.status_code == 404


@pytest.mark.parametrize("place_id", ["999999999", "0", "99999999999999999999"])
async def test_a_place_that_is_not_there_is_a_page_that_says_so(client, town, place_id):
    answer = await client.get(f"/places/{place_id}/history", headers=HTML | bearer(town.dispatcher))

    assert answer.status_code in (400, 404)
    assert "<h1>" in answer.text


async def test_it_is_reached_from_the_door_the_plate_the_order_and_the_desk(client, town, now):
    order = await opened(town, now)
    dispatcher, keeper = town.dispatcher, await make_actor("街道", Role.STREET_ADMIN, TOWN)
    ways = [(f"/q/{town.code}", dispatcher), (f"/codes/{town.code}", keeper), (f"/o/{order}", dispatcher)]

    pages = [await client.get(path, headers=HTML | bearer(who)) for path, who in (*ways, ("/desk", dispatcher))]

    assert all(f'href="{address(town)}"' in page.text for page in pages)


async def test_it_asks_the_database_few_things_however_long_the_history(client, town, now):
    for _ in range(35):
        await opened(town, now)
    headers = HTML | bearer(town.dispatcher)
    for _ in range(3):
        await client.get(address(town), headers=headers)

    asked = await count_statements(lambda: client.get(address(town), headers=headers))

    assert 0 < asked <= 7
