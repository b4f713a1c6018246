"""One valid request for each move that bends an order's way."""

from collections.abc import Awaitable, Callable
from typing import Any

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension, AskSuspension, CheckInInput, Decide
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.call_back_numbers.structs import CONSENT
from backend.reports.structs import Submission
from tests.makers.duty import make_volunteer
from tests.makers.orders import BASE_URL, make_closed, make_handled, make_order, make_photos, verified_by

Request = dict[str, Any]
Maker = Callable[[Any, Actor | None], Awaitable[Request]]


def hand(world: Any, asker: Actor | None) -> Actor:
    """The asker, where the asker is one of the unit's handlers; else the one on duty."""
    is_ours = asker is not None and asker.has_role(Role.HANDLER) and asker.unit_id == world.town.unit_id
    return asker if asker is not None and is_ours else world.town.handlers[0]


async def accepted(world: Any, asker: Actor | None) -> int:
    order_id = (await make_order(world.town, world.now)).receipt.order_id
    await orders.accept(order_id, TransitionContext(actor=hand(world, asker), now=world.now))
    return order_id


def on_accepted(body: Request) -> Maker:
    async def ask(world: Any, asker: Actor | None) -> Request:
        return {"path": {"order_id": await accepted(world, asker)}, "json": body}

    return ask


async def make_safe(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, asker)
    by = hand(world, asker)
    await orders.check_in(order_id, CheckInInput(code=world.town.code), TransitionContext(actor=by, now=world.now))
    photos = [str(photo) for photo in await make_photos(by)]
    return {"path": {"order_id": order_id}, "json": {"photo_ids": photos}}


async def decide(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, None)
    by = TransitionContext(actor=world.town.handlers[0], now=world.now)
    await orders.ask_extension(order_id, AskExtension(minutes=20, reason="busy"), by)
    return {"path": {"order_id": order_id}, "json": {"is_granted": True}}


async def resume(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, asker)
    by = TransitionContext(actor=hand(world, asker), now=world.now)
    await orders.ask_suspension(order_id, AskSuspension(reason="rain"), by)
    await orders.decide(
        order_id, Decide(is_granted=True), TransitionContext(actor=world.town.dispatcher, now=world.now)
    )
    return {"path": {"order_id": order_id}, "json": {}}


async def reassign(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, asker)
    return {"path": {"order_id": order_id}, "json": {"unit_id": world.town.unit_id, "reason": "nearer"}}


async def release(world: Any, asker: Actor | None) -> Request:
    await make_volunteer(world.now)
    order_id = (await make_order(world.town, world.now)).receipt.order_id
    return {"path": {"order_id": order_id}, "json": {"window_min": 5, "people_needed": 2}}


async def reassign_many(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, asker)
    return {"json": {"order_ids": [order_id], "unit_id": world.town.unit_id, "reason": "nearer"}}


async def co_handle(world: Any, asker: Actor | None) -> Request:
    order_id = await accepted(world, asker)
    return {"path": {"order_id": order_id}, "json": {"unit_id": world.town.unit_id, "reason": "sweep"}}


async def self_handle(world: Any, asker: Actor | None) -> Request:
    """One's own fresh report, where the asker can report at all."""
    by = asker or world.town.resident
    seen, before, after = await make_photos(by, 3)
    submission = Submission(idempotency_key=f"self-{seen}", code=world.town.code, item="A101", photo_ids=[seen])
    receipt = (await reports.submit(submission, by, base_url=BASE_URL, now=world.now)).receipt
    photos = {"before_photo_ids": [str(before)], "after_photo_ids": [str(after)]}
    return {"path": {"order_id": receipt.order_id}, "json": photos}


async def keep_call(world: Any, _asker: Actor | None) -> Request:
    return {"path": {"order_id": await make_closed(world.town, world.now)}, "json": {"result": "satisfied"}}


async def answer_number(world: Any, _asker: Actor | None) -> Request:
    token = (await make_order(world.town, world.now)).receipt.tracking_token
    return {"path": {"token": token}, "json": {"number": "138 1234 5678", "consent": CONSENT}}


async def open_number(world: Any, _asker: Actor | None) -> Request:
    """That of an unhappy reporter who has an account."""
    order_id = await make_closed(world.town, world.now)
    await db.execute("UPDATE account SET phone = '02155551234' WHERE id = $1", world.town.resident.account_id)
    await orders.rate(order_id, 1, "", TransitionContext(actor=world.town.resident, now=world.now))
    return {"path": {"order_id": order_id}}


async def reopen(world: Any, _asker: Actor | None) -> Request:
    order_id = await make_closed(world.town, world.now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    return {"path": {"token": token}, "json": {"reason": "still there"}}


async def urge_by_link(world: Any, _asker: Actor | None) -> Request:
    token = (await make_order(world.town, world.now)).receipt.tracking_token
    return {"path": {"token": token}, "json": {}}


def by_merchant(body: Request | None) -> Maker:
    """A fix that waits for the merchant's word, by the link of whoever asked for it."""

    async def ask(world: Any, _asker: Actor | None) -> Request:
        async with verified_by("merchant_confirm"):
            order_id = await make_handled(world.town, world.now)
        token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
        return {"path": {"token": token}, "json": body}

    return ask


REQUESTS: dict[str, Maker] = {
    "answer_call_back_number": answer_number,
    "open_call_back_number": open_number,
    "ask_extension": on_accepted({"minutes": 20, "reason": "busy"}),
    "ask_suspension": on_accepted({"reason": "rain"}),
    "cancel_order": on_accepted({"reason": "mistaken"}),
    "co_handle_order": co_handle,
    "confirm_order": by_merchant(None),
    "dispute_order": by_merchant({"reason": "not done"}),
    "decide_request": decide,
    "keep_call": keep_call,
    "make_order_safe": make_safe,
    "reassign_order": reassign,
    "reassign_orders": reassign_many,
    "reopen_order": reopen,
    "resume_order": resume,
    "return_order": on_accepted({"reason": "not_ours"}),
    "self_handle_order": self_handle,
    "release_order": release,
    "supervise_order": on_accepted({}),
    "urge_by_link": urge_by_link,
    "urge_order": on_accepted({}),
}
