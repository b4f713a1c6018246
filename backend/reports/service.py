"""Submit a report, which opens its order in the same statement; rate the result by the tracking link."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

import asyncpg
from msgspec.structs import replace

from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.assignment import dispatching
from backend.orders.assignment.structs import Opening, OrderSite
from backend.orders.model.errors import KeyUsedBefore
from backend.orders.transitions import locking
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.places import queries as places
from backend.reports import queries, repeats, reporters, rules, standing
from backend.reports.errors import OutsideJurisdiction, PlaceMissing
from backend.reports.joining import join as join
from backend.reports.structs import Rating, ReportedAs, ReportReceipt, Submission, SubmissionResult
from backend.sql import Sql
from backend.structs import IdempotencyKey
from qr import queries as qr
from qr import runtime
from qr.codes import Code
from qr.errors import CodeUnbound

NEAREST_PLACE_M = 50.0
_TOKEN_BYTES = 18
_FORMS_MOST = 20
"""So many different reports come from one form, gone back to again and again."""

_KEEP = """
    INSERT INTO report (client_id, reporter_id, order_id, tracking_token, qr_code, received_at, captured_at,
        key_print)
    SELECT client_id, reporter_id, order_id, tracking_token, qr_code, received_at, captured_at, key_print
    FROM jsonb_populate_recordset(NULL::report, :along::jsonb) ORDER BY reporter_id, client_id
    ON CONFLICT (reporter_id, client_id) DO NOTHING RETURNING id, order_id
"""
_BY_ITSELF = ReportedAs()
_DOOR = qr.door_of(":plate::text")
_doors = dispatching.SiteQuestions(qr.door_of("given.key"))


async def submit(
    report: Submission, actor: Actor, *, base_url: str, now: datetime, reported_as: ReportedAs = _BY_ITSELF
) -> SubmissionResult:
    """Take a report and open its order; a report sent before gets its first receipt again, whatever has changed since.

    Raises KeyUsedBefore, PlaceMissing, PlaceUncertain, OutsideJurisdiction, and what qr, orders and media refuse.
    """
    try:
        return SubmissionResult(receipt=await _file(report, actor, base_url, now, reported_as), is_new=True)
    except (orders.NothingOpened, AppError):
        earlier = await repeats.find_earlier(report, actor.account_id, base_url)
        if earlier is None:
            await reporters.require_unmerged(actor.account_id)
            raise
        return SubmissionResult(receipt=earlier, is_new=False)


async def submit_anew(
    report: Submission, actor: Actor, *, base_url: str, now: datetime, reported_as: ReportedAs = _BY_ITSELF
) -> SubmissionResult:
    """The same for a form that may have been gone back to: a report whose key is spent on another is filed by itself.

    Sent twice it is still filed once: the keys that it takes follow from the spent one and from what it says.
    """
    for _ in range(_FORMS_MOST):
        try:
            return await submit(report, actor, base_url=base_url, now=now, reported_as=reported_as)
        except KeyUsedBefore:
            report = replace(report, idempotency_key=repeats.next_key(report))
    return await submit(report, actor, base_url=base_url, now=now, reported_as=reported_as)


async def rate(
    token: str, rating: Rating, *, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None = None
) -> None:
    """Keep the verdict of whoever holds the tracking link, once in each round, when the order is closed."""
    async with _by_link(token, idempotency_key, now, seen) as (order_id, by):
        await orders.rate(order_id, rating.score, rating.comment, by)


async def reopen(
    token: str, reason: str, *, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None = None
) -> None:
    """未解决: whoever holds the tracking link says that nothing was solved; the first reporter's word reopens it."""
    async with _by_link(token, idempotency_key, now, seen) as (order_id, by):
        await orders.say_unsolved(order_id, reason, by)


async def confirm(
    token: str, *, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None = None
) -> None:
    """商户确认: whoever holds the tracking link says that what was answer_row for is done."""
    async with _by_link(token, idempotency_key, now, seen) as (order_id, by):
        await orders.confirm(order_id, by)


async def dispute(
    token: str, reason: str, *, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None = None
) -> None:
    """不认可: whoever holds the tracking link says that it is not done; it goes back to the handler."""
    async with _by_link(token, idempotency_key, now, seen) as (order_id, by):
        await orders.dispute(order_id, reason, by)


async def urge(
    token: str, note: str, *, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None = None
) -> None:
    """催办: whoever holds the tracking link reminds the handler; once in half an hour."""
    async with _by_link(token, idempotency_key, now, seen) as (order_id, by):
        await orders.urge(order_id, note, by)


@asynccontextmanager
async def _by_link(
    token: str, idempotency_key: IdempotencyKey | None, now: datetime, seen: int | None
) -> AsyncIterator[tuple[int, TransitionContext]]:
    """The order behind a tracking link, locked, and its reporter as who acts on it.

    Who that is, is asked once the order is locked: two accounts that become one person meanwhile are waited for.
    """
    order_id, reporter_id = await queries.get_tracked(token)
    async with wait_turn(order_id):
        await locking.find_and_lock(order_id, as_reporter(reporter_id), beyond_scope=True)
        order_id, reporter_id = await queries.get_tracked(token)
        by = TransitionContext(actor=as_reporter(reporter_id), now=now, idempotency_key=idempotency_key, seen=seen)
        yield order_id, by


async def _file(
    report: Submission, actor: Actor, base_url: str, now: datetime, reported_as: ReportedAs
) -> ReportReceipt:
    """One question: where it is and who answers there. Then one statement with every row."""
    scene, code, answer_row = await _scene(report, now, reported_as.unit_id)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    opening = Opening(
        item_code=report.item,
        scene=scene,
        actor=actor,
        source_kind="report",
        description=report.description,
        captured_at=report.captured_at,
        fix=report.point,
        photo_ids=list(dict.fromkeys(report.photo_ids)),
        reporter_kinds=rules.reporter_kinds(actor, scene.area_code) | reported_as.kinds,
        actor_role=rules.reporter_role(actor, scene.area_code),
        is_fresh=runtime.is_fresh(code, report.nonce, now),
        unit_id=reported_as.unit_id,
    )
    said = {"order_id": answer_row["order_id"], "tracking_token": token, "qr_code": code, "received_at": now}
    row = said | {
        "client_id": report.idempotency_key,
        "reporter_id": actor.account_id,
        "captured_at": report.captured_at,
        "key_print": repeats.print_of(report),
    }
    opened = await orders.open(opening, now=now, answer_row=answer_row, along=orders.Along(_KEEP, row))
    assert opened.along_id is not None  # else nothing would have been opened
    return ReportReceipt(
        report_id=opened.along_id,
        order_id=opened.order_id,
        number=opened.number,
        place_id=scene.place_id,
        tracking_token=token,
        tracking_url=queries.tracking_url(base_url, token),
        received_at=now,
        resolve_by=opened.resolve_by,
    )


async def _scene(
    report: Submission, now: datetime, unit_id: int | None
) -> tuple[OrderSite, Code | None, asyncpg.Record]:
    """Where it is: the door of the scanned code, else the reporter's own position with the nearest known place.

    With it comes what `orders.open` would ask next: it is answered by the same statement.
    """
    if report.code:
        return await _scene_of_code(report.code, report.item, now, unit_id)
    if report.point is None:
        raise PlaceMissing
    scene, answer_row = await _scene_of_point(report.point, report.item, now)
    return scene, None, answer_row


async def _scene_of_code(
    code: Code, item: str, now: datetime, unit_id: int | None
) -> tuple[OrderSite, Code, asyncpg.Record]:
    """Where a unit is named nothing is shared with other reports: it is rare, and the statement names it."""
    if unit_id is None:
        answer_row = await _doors.ask(code, item, now)
    else:
        answer_row = await dispatching.ask(Sql(_DOOR, {"plate": code}), item, now, unit_id=unit_id)
    resolved = qr.resolved(code, answer_row)
    place = resolved.place
    if answer_row is None or place is None:
        raise CodeUnbound(code=resolved.code)
    scene = OrderSite(
        lng=place.point.lng,
        lat=place.point.lat,
        area_code=place.area_code,
        grid_code=place.grid_code or "",
        place_id=place.id,
        label=place.address or place.name,
    )
    return scene, resolved.code, answer_row


async def _scene_of_point(fix: Fix, item: str, now: datetime) -> tuple[OrderSite, asyncpg.Record]:
    """The position itself, and the door beside it as far as the position is exact enough to name one."""
    await standing.require_spot(fix)
    point = fix.wgs84()
    answer_row = await dispatching.ask(places.around(point, within_m=NEAREST_PLACE_M), item, now)
    assert answer_row is not None  # every point has a row
    around = places.surroundings(answer_row)
    if around.area_code is None:
        raise OutsideJurisdiction
    near = around.nearest if rules.names_door(fix) else None
    scene = OrderSite(
        lng=point.lng,
        lat=point.lat,
        area_code=around.area_code,
        grid_code=around.grid_code or "",
        place_id=near.id if near else None,
        label=near.label if near else "",
    )
    return scene, answer_row
