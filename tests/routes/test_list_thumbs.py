"""Every list of orders shows the first photo of each, to whoever may see it, and loads it when it comes into sight."""

import re

from tests.makers.accounts import bearer
from tests.makers.orders import make_handled
from tests.makers.town import make_town

HTML = {"accept": "text/html"}
IMAGE = ' alt="现场照片" loading="lazy" decoding="async" width="64" height="64"'


async def test_each_list_shows_the_first_photo_of_an_order(client, now):
    town = await make_town(now)
    await make_handled(town, now)
    handler, verifier, desk, resident = town.handlers[0], town.verifier, town.dispatcher, town.resident
    history = f"/places/{town.place_id}/history"
    lists = [
        ("/work?tab=review", handler),
        ("/verify?tab=review", verifier),
        ("/desk", desk),
        (history, desk),
        ("/", resident),
    ]

    pages = {path: (await client.get(path, headers=HTML | bearer(who))).text for path, who in lists}

    shown = {
        path: re.findall(r'<img class="thumb" src="/media/[^"]+/thumb\?[^"]+"([^>]*)>', pages[path])
        for path, _ in lists
    }
    assert shown == {path: [IMAGE] for path, _ in lists}
