"""Orders in any state, made by the verbs themselves."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID, uuid4

from backend import db
from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Finish, Verify
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.checks import EVERYTHING, Sampling
from backend.reports import service as reports
from backend.reports.structs import Submission, SubmissionResult
from tests.makers.town import DOOR, SmallTown

BASE_URL = "http://127.0.0.1:8000"


async def make_photos(owner: Actor, count: int = 1) -> list[UUID]:
    """Photo rows without files and facts of a camera, each of another scene, for verbs that only attach them."""
    return [await _photo(owner) for _ in range(count)]


async def make_order(town: SmallTown, now: datetime, **changes: object) -> SubmissionResult:
    """A report at the town's door about badly parked bicycles."""
    fields: dict[str, object] = {
        "idempotency_key": uuid4().hex,
        "code": town.code,
        "item": "A101",
        "photo_ids": await make_photos(town.resident),
        **changes,
    }
    return await reports.submit(Submission(**fields), town.resident, base_url=BASE_URL, now=now)  # type: ignore[arg-type]


async def make_accepted(town: SmallTown, now: datetime) -> int:
    order_id = (await make_order(town, now)).receipt.order_id
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))
    return order_id


async def make_on_site(town: SmallTown, now: datetime) -> int:
    order_id = await make_accepted(town, now)
    await orders.check_in(order_id, CheckInInput(code=town.code), TransitionContext(actor=town.handlers[0], now=now))
    return order_id


async def make_handled(town: SmallTown, now: datetime) -> int:
    order_id = await make_on_site(town, now)
    handler = town.handlers[0]
    before, after = await make_photos(handler, 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, TransitionContext(actor=handler, now=now))
    return order_id


async def make_closed(town: SmallTown, now: datetime) -> int:
    order_id = await make_handled(town, now)
    await orders.verify(order_id, Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    return order_id


async def make_arrived(town: SmallTown, now: datetime, **changes: object) -> int:
    """On site, proved by a position at the door."""
    order_id = (await make_order(town, now, **changes)).receipt.order_id
    handler = TransitionContext(actor=town.handlers[0], now=now)
    await orders.accept(order_id, handler)
    await orders.check_in(order_id, CheckInInput(point=Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)), handler)
    return order_id


async def finish(
    order_id: int,
    handler: Actor,
    now: datetime,
    sampling: Sampling = EVERYTHING,
    *,
    key: str | None = None,
    photos: list[UUID] | None = None,
) -> None:
    """With a before and an after photo that say nothing of time and place."""
    before, after = photos or await make_photos(handler, 2)
    evidence = Finish(before_photo_ids=[before], photo_ids=[after])
    await orders.finish(order_id, evidence, TransitionContext(actor=handler, now=now, idempotency_key=key), sampling)


@asynccontextmanager
async def verified_by(mode: str, item: str = "A101") -> AsyncIterator[None]:
    """Let an item of the dictionary be verified in another way meanwhile."""
    change = "UPDATE item SET verify_mode = $2 WHERE code = $1"
    before = await db.fetchval("SELECT verify_mode FROM item WHERE code = $1", item)
    await db.execute(change, item, mode)
    try:
        yield
    finally:
        await db.execute(change, item, before)


async def state_of(order_id: int) -> str:
    return await db.fetchval("SELECT state FROM work_order WHERE id = $1", order_id)


async def _photo(owner: Actor) -> UUID:
    return await db.fetchval(_INSERT_PHOTO, owner.account_id)


_INSERT_PHOTO = """
    INSERT INTO photo (owner_id, sha256, media_type, width, height, size_bytes, original_key,
                       phash, phash_inner, phash_core)
    SELECT $1, sha256(gen_random_uuid()::text::bytea), 'image/jpeg', 64, 48, 1000, gen_random_uuid()::text,
           hashtextextended(seed, 0), hashtextextended(seed, 1), hashtextextended(seed, 2)
      FROM (SELECT gen_random_uuid()::text AS seed) AS scene
    RETURNING id
"""
