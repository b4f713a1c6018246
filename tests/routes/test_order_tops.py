"""What stands on top of an order's page, by who reads it: why it comes back, and where it is."""

import re
from datetime import datetime

import httpx

from backend.orders import verbs as orders
from backend.orders.model.inputs import Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_handled
from tests.makers.town import make_town

HTML = {"accept": "text/html"}
FIGURE_MAX_BYTES = 6 * 1024


async def test_why_it_comes_back_stands_on_top_with_who_and_when_as_far_as_the_reader_may_know(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)
    by = TransitionContext(actor=town.verifier, now=now)
    await orders.verify(order_id, Verify(result="fail", note="地面未扫"), by)

    readers = {"handler": town.handlers[0], "reporter": town.resident}
    pages = {
        name: (await client.get(f"/o/{order_id}", headers=HTML | bearer(who))).text for name, who in readers.items()
    }
    tops = {name: re.sub(r"<[^>]+>", "", page.partition('class="whereabouts"')[0]) for name, page in pages.items()}

    assert "核查没有通过,需要返工“地面未扫”核查员 · " in tops["handler"]
    assert "核查没有通过,需要返工" in tops["reporter"]
    assert "地面未扫" not in pages["reporter"] and "核查员" not in tops["reporter"]


async def test_the_way_comes_before_the_photos_and_the_map_says_in_words_what_it_shows(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_handled(town, now)

    page = (await client.get(f"/o/{order_id}", headers=HTML | bearer(town.handlers[0]))).text

    parts = ("莲安东路100号", "uri.amap.com", 'class="clock', "处置前后", 'id="where"')
    found = [page.index(part, page.index("<h1>")) for part in parts]
    assert found == sorted(found)
    drawn = page[page.index('<svg class="vicinity"') : page.index("</figcaption>", page.index('id="where-words"'))]
    assert len(drawn.encode()) <= FIGURE_MAX_BYTES
    assert 'role="img" aria-labelledby="where-drawn where-words"' in drawn


def _top(page: str) -> str:
    """What is said above the way there."""
    return re.sub(r"<[^>]+>|\n", "", page.partition('class="whereabouts"')[0])
