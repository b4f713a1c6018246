"""The fake by hand: what a rehearsal does at WeCom's place, as members and as the network.

GET  /connect/oauth2/authorize?…   a page on which each member can be picked, who is then sent back with a code
GET  /fake/cards                   the cards that are out: their task ids, who has them, what they say
POST /fake/tap                     {"userid", "task_id", "key": "accept" | "return", "option": "wrong_place"}
POST /_fake                        {"trouble": "slow" | "fail" | "limit" | "html" | "in-200" | "drop", "times": 2}
"""

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import httpx
import msgspec

from tests.fakes.server import Answer, Asked, as_json

if TYPE_CHECKING:
    from tests.fakes.wecom import FakeWecom


class Tap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    userid: str
    task_id: str
    key: str
    option: str = "-"


def is_by_hand(asked: Asked) -> bool:
    """Whether it belongs to a person or a rehearsal: nothing goes wrong with it."""
    return asked.path.startswith("/fake/") or asked.path == "/connect/oauth2/authorize"


async def control(fake: "FakeWecom", asked: Asked) -> Answer | None:
    """The answer to one of these; None for what belongs to the vendor."""
    match asked.method, asked.path:
        case "GET", "/connect/oauth2/authorize":
            return _sent_back(fake, asked.query) if fake.holder else _members(fake, asked.query)
        case "GET", "/fake/cards":
            return as_json(
                {card.task_id: {"members": card.userids, "says": card.replaced} for card in fake.cards.values()}
            )
        case "POST", "/fake/tap":
            return as_json({"status": await press(fake, msgspec.json.decode(asked.body, type=Tap))})
    return None


async def press(fake: "FakeWecom", tap: Tap) -> int:
    """Send the callback of a tap to the application. What it answered."""
    callback = fake.tap(tap.userid, tap.task_id, tap.key, tap.option)
    async with httpx.AsyncClient() as client:
        answer = await client.post(fake.url_of_callback, params=callback.query, content=callback.body)
    return answer.status_code


def _sent_back(fake: "FakeWecom", query: dict[str, str]) -> Answer:
    """Inside WeCom nobody is asked anything: `snsapi_base` leads back at once, as whoever holds the phone."""
    code = fake.sign_in_code(fake.holder)
    address = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
    return Answer(body=b"", status=302, headers={"location": address})


def _members(fake: "FakeWecom", query: dict[str, str]) -> Answer:
    links = [
        f"{query['redirect_uri']}?{urlencode({'code': fake.sign_in_code(userid), 'state': query['state']})}"
        for userid in sorted(fake.members)
    ]
    shown = zip(sorted(fake.members), links, strict=True)
    page = "".join(f'<p><a href="{escape(link)}">{userid}</a></p>' for userid, link in shown)
    return Answer(body=page.encode(), content_type="text/html; charset=utf-8")
