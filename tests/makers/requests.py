"""One valid request for each operation of the contract, so that only who asks decides what is answered.

A new operation needs a maker here and a row in tests/routes/test_operations_by_role.py.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx
import msgspec

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Actor
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from tests.makers import (
    camera_requests,
    campaign_requests,
    code_requests,
    committee_requests,
    duty_requests,
    hotline_requests,
    inspection_requests,
    intake_requests,
    ledger_requests,
    move_requests,
    offer_requests,
    open311,
    patrol_requests,
    photo_requests,
    pickup_requests,
    sensor_requests,
    session_requests,
    shop_part_requests,
    shop_requests,
)
from tests.makers.accounts import PASSWORD, keyring
from tests.makers.move_requests import accepted, hand
from tests.makers.orders import make_closed, make_handled, make_order, make_photos
from tests.makers.photos import jpeg
from tests.makers.town import DOOR, SmallTown

NOBODYS_ID = 999_999
_PATIENCE_S = 60


class World(msgspec.Struct, frozen=True):
    """A small town, somebody who can sign in as `staff`, and the instant at which everything happens."""

    town: SmallTown
    now: datetime


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What to put into the path, and what to send."""

    path: dict[str, Any] = {}
    query: dict[str, Any] = {}
    json: Any = None
    files: dict[str, Any] | None = None


Maker = Callable[[World, Actor | None], Awaitable[Asked]]


async def nothing(_world: World, _asker: Actor | None) -> Asked:
    return Asked()


async def sign_in(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"username": "staff", "password": PASSWORD})


async def everything_shown(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"up_to": 0})


async def preferences(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"quiet_from": "22:00", "quiet_until": "07:00", "muted": ["OrderRated"]})


async def order_to_look_at(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"order_id": (await make_order(world.town, world.now)).receipt.order_id})


async def delivery_of_nobody(world: World, asker: Actor | None) -> Asked:
    order = await order_to_look_at(world, asker)
    return Asked(path={**order.path, "delivery_id": NOBODYS_ID})


async def refresh_session(world: World, _asker: Actor | None) -> Asked:
    tokens = await accounts.open_device_session(keyring(), world.now)
    return Asked(json={"refresh_token": tokens.refresh_token})


async def of_wechat(_world: World, _asker: Actor | None) -> Asked:
    """WeChat is not set up in the town."""
    return Asked(json={"code": "code-of-wx-login"})


async def sign_page(_world: World, _asker: Actor | None) -> Asked:
    return Asked(query={"url": "http://127.0.0.1:8000/here"})


async def note_wechat_choices(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"template_ids": {"T": "accept"}})


async def receive_photo(_world: World, _asker: Actor | None) -> Asked:
    return Asked(files={"file": ("photo.jpg", jpeg(), "image/jpeg")})


async def get_photo(world: World, asker: Actor | None) -> Asked:
    """One's own photo."""
    (photo_id,) = await make_photos(asker or world.town.resident)
    return Asked(path={"photo_id": photo_id})


async def commit_direct_upload(_world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"upload_id": uuid4()})


async def begin_direct_upload(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"media_type": "image/jpeg", "size_bytes": 1000, "md5": "0" * 32})


async def submit_report(world: World, asker: Actor | None) -> Asked:
    photos = [str(each) for each in await make_photos(asker or world.town.resident)]
    return Asked(json={"client_id": uuid4().hex, "code": world.town.code, "item": "A101", "photo_ids": photos})


async def candidates(world: World, _asker: Actor | None) -> Asked:
    await make_order(world.town, world.now)
    return Asked(query={"code": world.town.code, "item": "A101"})


async def join_order(world: World, _asker: Actor | None) -> Asked:
    order_id = (await make_order(world.town, world.now)).receipt.order_id
    return Asked(json={"client_id": uuid4().hex, "code": world.town.code, "order_id": order_id})


async def merge_order(world: World, _asker: Actor | None) -> Asked:
    order_id, into_id = [(await make_order(world.town, world.now)).receipt.order_id for _ in range(2)]
    return Asked(path={"order_id": order_id}, json={"into_id": into_id, "reason": "one case"})


async def unmerge_order(world: World, _asker: Actor | None) -> Asked:
    order_id, into_id = [(await make_order(world.town, world.now)).receipt.order_id for _ in range(2)]
    by = TransitionContext(actor=world.town.dispatcher, now=world.now)
    await orders.merge(order_id, Merge(into_id=into_id, reason="one case"), by)
    return Asked(path={"order_id": order_id}, json={"reason": "two cases"})


async def a_place(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"place_id": world.town.place_id})


async def an_order(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"order_id": (await make_order(world.town, world.now)).receipt.order_id}, json={})


async def check_in(world: World, asker: Actor | None) -> Asked:
    order_id = await accepted(world, asker)
    return Asked(path={"order_id": order_id}, json={"code": world.town.code})


async def finish_order(world: World, asker: Actor | None) -> Asked:
    order_id = await accepted(world, asker)
    by = hand(world, asker)
    await orders.check_in(order_id, CheckInInput(code=world.town.code), TransitionContext(actor=by, now=world.now))
    before, after = map(str, await make_photos(by, 2))
    return Asked(path={"order_id": order_id}, json={"photo_ids": [after], "before_photo_ids": [before]})


async def verify_order(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"order_id": await make_handled(world.town, world.now)}, json={"result": "pass"})


async def nobodys_message(_world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"message_id": NOBODYS_ID})


async def register_device(_world: World, _asker: Actor | None) -> Asked:
    return Asked(json={"channel": "fcm", "token": uuid4().hex, "platform": "android"})


async def nobodys_device(_world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"device_id": NOBODYS_ID})


async def a_code(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"code": world.town.code})


async def note_scan(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"code": world.town.code}, json={"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 10})


async def tracking(world: World, _asker: Actor | None) -> Asked:
    return Asked(path={"token": (await make_order(world.town, world.now)).receipt.tracking_token})


async def rate_order(world: World, _asker: Actor | None) -> Asked:
    order_id = await make_closed(world.town, world.now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    return Asked(path={"token": token}, json={"score": 5})


async def unsigned_media(world: World, _asker: Actor | None) -> Asked:
    (photo_id,) = await make_photos(world.town.resident)
    return Asked(path={"photo_id": photo_id, "variant": "thumb"}, query={"e": 1, "s": "forged"})


def _asked(maker: Callable[..., Awaitable[dict[str, Any]]]) -> Maker:
    async def ask(world: World, asker: Actor | None) -> Asked:
        return Asked(**await maker(world, asker))

    return ask


_MORE = (
    offer_requests.REQUESTS
    | code_requests.REQUESTS
    | photo_requests.REQUESTS
    | move_requests.REQUESTS
    | duty_requests.REQUESTS
    | patrol_requests.REQUESTS
    | committee_requests.REQUESTS
    | sensor_requests.REQUESTS
)
_MORE |= open311.REQUESTS
_MORE |= shop_requests.REQUESTS | pickup_requests.REQUESTS | inspection_requests.REQUESTS
_MORE |= camera_requests.REQUESTS
_MORE |= shop_part_requests.REQUESTS | ledger_requests.REQUESTS | session_requests.REQUESTS
_MORE |= intake_requests.REQUESTS
_MORE |= hotline_requests.REQUESTS
_MORE |= campaign_requests.REQUESTS
MAKERS: dict[str, Maker] = {
    "accept_order": an_order,
    "begin_direct_upload": begin_direct_upload,
    "check_in": check_in,
    "commit_direct_upload": commit_direct_upload,
    "finish_order": finish_order,
    "get_code": a_code,
    "get_code_image": a_code,
    "forget_position": nothing,
    "get_me": nothing,
    "sign_in_by_wechat": of_wechat,
    "link_wechat": of_wechat,
    "sign_page": sign_page,
    "note_wechat_choices": note_wechat_choices,
    "get_media": unsigned_media,
    "get_order": an_order,
    "list_order_alarms": an_order,
    "get_photo": get_photo,
    "get_tracking": tracking,
    "get_call_back_number": tracking,
    "withdraw_call_back_number": tracking,
    "list_call_backs": nothing,
    "health": nothing,
    "list_own_reports": nothing,
    "list_candidates": candidates,
    "list_items": nothing,
    "get_place_history": a_place,
    "join_order": join_order,
    "merge_order": merge_order,
    "unmerge_order": unmerge_order,
    "list_devices": nothing,
    "list_messages": nothing,
    "count_open_orders": nothing,
    "list_orders": nothing,
    "live": nothing,
    "list_live_changes": nothing,
    "live_tracking": tracking,
    "list_message_threads": nothing,
    "get_inbox_state": nothing,
    "mark_all_read": everything_shown,
    "mark_order_read": order_to_look_at,
    "mark_message_read": nobodys_message,
    "get_notification_preferences": nothing,
    "set_notification_preferences": preferences,
    "list_deliveries": order_to_look_at,
    "resend_delivery": delivery_of_nobody,
    "note_scan": note_scan,
    "open_device_session": nothing,
    "rate_order": rate_order,
    "ready": nothing,
    "receive_photo": receive_photo,
    "refresh_session": refresh_session,
    "register_device": register_device,
    "remove_device": nobodys_device,
    "sign_in": sign_in,
    "sign_out": nothing,
    "submit_report": submit_report,
    "verify_order": verify_order,
    **{name: _asked(maker) for name, maker in _MORE.items()},
}


async def status_of(client: httpx.AsyncClient, method: str, path: str, asked: Asked, headers: dict[str, str]) -> int:
    """The status of the answer. Streams have no end: they are left once they have begun."""
    sends = {"json": asked.json, "files": asked.files} if method in ("POST", "PUT") else {}
    request = client.build_request(method, path.format(**asked.path), params=asked.query, headers=headers, **sends)
    if not path.endswith("/live"):
        return (await client.send(request)).status_code
    begun: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            begun.set_result(message["status"])

    app: Any = client._transport.app  # type: ignore[attr-defined]
    serving = asyncio.create_task(app(_scope(request), receive, send))
    try:
        return await asyncio.wait_for(begun, _PATIENCE_S)
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


@asynccontextmanager
async def stream_of(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> AsyncIterator[asyncio.Task]:
    """A stream that has begun; the task is over when the stream is."""
    begun = asyncio.Event()
    stays: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    stays.put_nowait({"type": "http.request", "body": b"", "more_body": False})

    async def send(message: Any) -> None:
        if message["type"] == "http.response.body":
            begun.set()
            if not message.get("more_body"):
                stays.put_nowait({"type": "http.disconnect"})

    app: Any = client._transport.app  # type: ignore[attr-defined]
    serving = asyncio.create_task(app(_scope(client.build_request("GET", path, headers=headers)), stays.get, send))
    try:
        await asyncio.wait_for(begun.wait(), _PATIENCE_S)
        yield serving
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def _scope(request: httpx.Request) -> dict[str, Any]:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": request.url.query,
        "root_path": "",
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
