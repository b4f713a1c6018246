"""Pages of the desk: every order once, forwards and back again, while others move; cursors that are none of ours."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.errors import BadRequest
from backend.orders.desk import DeskFilter, DeskTab, ended_orders, view_desk
from backend.structs import encode_cursor
from tests.makers.desk import ENDED, make_dispatcher, make_many
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("database")
DISTRICT = "310115"
FILTERS = [DeskFilter(), DeskFilter(tab=DeskTab.ENDED), DeskFilter(tab=DeskTab.ENDED, item="A")]
NAMES = ["open", "ended", "ended-rare"]


@pytest.fixture
def now() -> datetime:
    return datetime.now(UTC)


@pytest.mark.parametrize("wanted", FILTERS, ids=NAMES)
async def test_the_pages_show_every_order_once_and_the_way_back_is_the_same(now, monkeypatch, wanted):
    monkeypatch.setattr(ended_orders, "LATEST", 9)
    asker = await make_dispatcher(DISTRICT)
    await make_many(await make_town(now), now, 70)
    whole = [order.id for order in (await view_desk(asker, wanted, now, limit=100)).page.items]

    pages, cursor = [], None
    while True:
        page = (await view_desk(asker, wanted, now, cursor, limit=7)).page
        pages.append(page)
        if page.next is None:
            break
        cursor = page.next
    back, page = [pages[-1]], pages[-1]
    while page.previous is not None:
        page = (await view_desk(asker, wanted, now, page.previous, limit=7)).page
        back.insert(0, page)

    assert [order.id for page in pages for order in page.items] == whole
    assert [[order.id for order in page.items] for page in back] == [
        [order.id for order in page.items] for page in pages
    ]


async def test_orders_that_stay_are_shown_once_while_others_move(now):
    asker = await make_dispatcher(DISTRICT)
    orders = await make_many(await make_town(now), now, 60)
    moving = {order.id for order in orders if order.state not in ENDED and order.id % 3 == 0}
    staying = {order.id for order in orders if order.state not in ENDED} - moving

    seen, cursor = [], None
    while True:
        page = (await view_desk(asker, DeskFilter(), now, cursor, limit=5)).page
        seen += [order.id for order in page.items]
        mover = moving.pop() if moving else 0
        await db.execute(
            "UPDATE work_order SET respond_by = $2, resolve_by = $2, verify_by = $2 WHERE id = $1",
            mover,
            now + timedelta(hours=mover % 9 - 4),
        )
        if page.next is None:
            break
        cursor = page.next

    assert sorted(each for each in seen if each in staying) == sorted(staying)


async def test_a_page_shows_no_more_than_it_should_and_says_that_there_is_more(now):
    await make_many(await make_town(now), now, 30)

    page = (await view_desk(await make_dispatcher(DISTRICT), DeskFilter(), now, limit=4)).page

    assert len(page.items) == 4
    assert page.next
    assert page.previous is None


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "nonsense",
        "!!!!",
        encode_cursor("2026-11-25T00:00:00Z", 3),
        encode_cursor("0" * 12, "n", "2026-11-25T00:00:00Z", 3),
        encode_cursor(DeskFilter().digest(), "x", "2026-11-25T00:00:00Z", 3),
        encode_cursor(DeskFilter().digest(), "n", "2026-11-25T00:00:00", 3),
        encode_cursor(DeskFilter().digest(), "n", "2026-11-25T00:00:00Z", 2**70),
        encode_cursor(DeskFilter(item="A").digest(), "n", "2026-11-25T00:00:00Z", 3),
    ],
)
async def test_a_cursor_of_another_list_is_refused(now, cursor):
    with pytest.raises(BadRequest):
        await view_desk(await make_dispatcher(DISTRICT), DeskFilter(), now, cursor)
