"""The fake by hand: what a rehearsal does at WeCom's place, as members and as the network.

GET  /connect/oauth2/authorize?…   a page on which each member can be picked, who is then sent back with a code
GET  /fake/cards                   the cards that are out: their task ids, who has them, what they say
POST /fake/tap                     {"userid", "task_id", "key": "accept" | "return", "option": "wrong_place"}
POST /fake/trouble                 {"wait_s", "status", "errcode", "is_cut", "done"}: with the next request
"""

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx
import msgspec

from tests.fakes.http_server import Answer, Asked, Trouble, as_json

if TYPE_CHECKING:
    from tests.fakes.wecom import FakeWecom


class Tap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    userid: str
    task_id: str
    key: str
    option: str = "-"


class Planned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    wait_s: float = 0
    status: int = 200
    errcode: int = 0
    is_cut: bool = False
    done: bool = False


async def control(fake: "FakeWecom", asked: Asked) -> Answer | None:
    """The answer to one of these; None for what belongs to the vendor."""
    match asked.method, asked.path:
        case "GET", "/connect/oauth2/authorize":
            return _members(fake, asked.query)
        case "GET", "/fake/cards":
            return as_json(
                {card.task_id: {"members": card.userids, "says": card.replaced} for card in fake.cards.values()}
            )
        case "POST", "/fake/tap":
            return as_json({"status": await press(fake, msgspec.json.decode(asked.body, type=Tap))})
        case "POST", "/fake/trouble":
            fake.server.troubles.planned.append(_trouble(msgspec.json.decode(asked.body, type=Planned)))
            return as_json({"planned": len(fake.server.troubles.planned)})
    return None


async def press(fake: "FakeWecom", tap: Tap) -> int:
    """Send the callback of a tap to the application. What it answered."""
    callback = fake.tap(tap.userid, tap.task_id, tap.key, tap.option)
    async with httpx.AsyncClient() as client:
        answer = await client.post(fake.url_of_callback, params=callback.query, content=callback.body)
    return answer.status_code


def _members(fake: "FakeWecom", query: dict[str, str]) -> Answer:
    links = [
        f"{query['redirect_uri']}?{urlencode({'code': fake.sign_in_code(userid), 'state': query['state']})}"
        for userid in sorted(fake.members)
    ]
    shown = zip(sorted(fake.members), links, strict=True)
    page = "".join(f'<p><a href="{escape(link)}">{userid}</a></p>' for userid, link in shown)
    return Answer(body=page.encode(), content_type="text/html; charset=utf-8")


def _trouble(planned: Planned) -> Trouble:
    fields: dict[str, Any] = {"errcode": planned.errcode, "errmsg": "planned"}
    is_answered = planned.status != 200 or planned.errcode
    answer = as_json(fields, planned.status) if is_answered else None
    return Trouble(wait_s=planned.wait_s, answer=answer, is_cut=planned.is_cut, done=planned.done)
