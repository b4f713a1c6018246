"""A download of the desk that cannot be made is an error answer, and one that breaks off says so in its last line."""

from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta

import httpx
import pytest

from backend import clock, db
from backend.orders.desk import DeskFilter, DeskTab
from backend.routes.pages.desk import export
from backend.web.views.page import PageContext
from tests.makers.accounts import bearer
from tests.makers.desk import ENDED, make_many
from tests.makers.town import TOWN, SmallTown, make_town


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def unreadable(database: str) -> AsyncIterator[None]:
    """A column that every line needs is away for a while."""
    yield
    await db.execute("ALTER TABLE IF EXISTS order_request_away RENAME TO order_request")


async def lose_a_table() -> None:
    await db.execute("ALTER TABLE order_request RENAME TO order_request_away")


@pytest.mark.parametrize("word", ["from", "until"])
async def test_ended_orders_of_some_days_are_exported_as_the_page_lists_them(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, word: str
) -> None:
    known = await make_many(town, now, 60)
    day = (now - timedelta(days=50)).date()

    answer = await client.get(f"/desk/export.csv?tab=ended&{word}={day}", headers=bearer(town.dispatcher))

    wanted = {
        order.number
        for order in known
        if order.state in ENDED and order.area.startswith(TOWN) and _is_within(order.opened_at, day, word)
    }
    assert answer.status_code == 200
    assert {line.split(",")[0] for line in answer.text.splitlines()[1:]} == wanted


def _is_within(at: datetime, day: date, word: str) -> bool:
    opened_on: date = (at + timedelta(hours=8)).date()
    return opened_on >= day if word == "from" else opened_on <= day


async def test_what_fails_before_the_first_line_is_an_error_answer(
    client: httpx.AsyncClient, town: SmallTown, now: datetime, unreadable: None
) -> None:
    await make_many(town, now, 5)
    await lose_a_table()

    answer = await client.get("/desk/export.csv", headers=bearer(town.dispatcher))

    assert answer.status_code >= 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "content-disposition" not in answer.headers


async def test_a_file_that_breaks_off_says_in_its_last_line_that_it_is_not_whole(
    town: SmallTown, now: datetime, unreadable: None
) -> None:
    await make_many(town, now, 60)
    page = PageContext(lang="zh", big=False, path="/desk", now=now, hotline="", actor=town.dispatcher)
    pieces = export.export_lines(page, DeskFilter(tab=DeskTab.ENDED), batch=3)
    await anext(pieces)

    await lose_a_table()
    last = (await anext(pieces)).decode()
    with pytest.raises(Exception, match="order_request"):
        await anext(pieces)

    assert "文件不完整" in last
    assert "not whole" in last
