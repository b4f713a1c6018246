"""Without scripts, too, a form that comes back marks the field it was refused for, says why beside it, leads there."""

import re
from datetime import datetime

import httpx
import pytest

from backend import clock
from backend.routes.actions.complaining import ITEMS
from tests.makers.accounts import bearer
from tests.makers.orders import make_on_site, make_order
from tests.makers.photos import jpeg
from tests.makers.shops import make_storefront_of
from tests.makers.town import DOOR, SmallTown, make_town

HTML = {"accept": "text/html"}
PHOTO = {"photo": ("street.jpg", jpeg(), "image/jpeg")}
AT_THE_DOOR = {"lng": f"{DOOR.lng:.6f}", "lat": f"{DOOR.lat:.6f}", "where": f"{DOOR.lng},{DOOR.lat}"}
_MARKED = re.compile(r'name="(\w+)"[^>]* aria-invalid="true" aria-describedby="(\w+)-problem" autofocus')
_BESIDE = re.compile(r'<p class="note bad" id="(\w+)-problem">[^<]+</p>')


@pytest.fixture
def now() -> datetime:
    """The page's own clock."""
    return clock.now()


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


def marked_in(page: httpx.Response) -> tuple[list[tuple[str, str]], list[str]]:
    """Which fields are marked, and beside which the reason stands."""
    assert 400 <= page.status_code < 500, page.text
    return _MARKED.findall(page.text), _BESIDE.findall(page.text)


async def test_the_forms_of_a_report_mark_what_is_missing_or_too_long(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    at_the_door, on_the_map = f"/q/{town.code}/report", "/here/report"
    too_long = {"item": "A101", "description": "长" * 1001, **AT_THE_DOOR}

    for path in (at_the_door, on_the_map):
        bare = await client.post(path, data={"item": "A101", **AT_THE_DOOR}, headers=HTML)
        assert marked_in(bare) == ([("photo", "photo")], ["photo"])
        wordy = await client.post(path, data=too_long, files=PHOTO, headers=HTML)
        assert marked_in(wordy) == ([("description", "description")], ["description"])
    other = await client.post(on_the_map, data={"item": "Z999", **AT_THE_DOOR}, files=PHOTO, headers=HTML)
    assert marked_in(other) == ([("item", "item")], ["item"])


async def test_a_photo_that_is_none_is_marked_where_it_was_chosen(client: httpx.AsyncClient, town: SmallTown) -> None:
    await make_storefront_of(town)
    no_photo = {"photo": ("notes.txt", b"not a photo", "image/jpeg")}

    for path, item in (("report", "A101"), ("complain", ITEMS[0])):
        answer = await client.post(f"/q/{town.code}/{path}", data={"item": item}, files=no_photo, headers=HTML)
        assert marked_in(answer) == ([("photo", "photo")], ["photo"])


async def test_the_forms_of_an_order_mark_the_words_and_the_photos_that_they_miss(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    on_site, waiting = await make_on_site(town, now), (await make_order(town, now)).receipt.order_id
    handler, desk = bearer(town.handlers[0]) | HTML, bearer(town.dispatcher) | HTML

    finished = await client.post(f"/o/{on_site}/finish", files={"before": PHOTO["photo"]}, headers=handler)
    cancelled = await client.post(f"/o/{waiting}/moves/cancel", data={"sure": "1"}, headers=desk)

    assert marked_in(finished) == ([("after", "after")], ["after"])
    assert marked_in(cancelled) == ([("reason", "reason")], ["reason"])
