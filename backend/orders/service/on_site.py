"""The handler's moves: accept the order, prove arrival, finish with evidence."""

from uuid import UUID

from backend import db
from backend.geo.points import Fix
from backend.orders import rules
from backend.orders.errors import BadCheckIn, CheckInMissing, EvidenceMissing, FixTooVague, TooFarAway, WrongCode
from backend.orders.events import HandlerArrived, OrderAccepted, OrderMadeSafe
from backend.orders.inputs import CheckIn, Finish, MakeSafe
from backend.orders.queries import LockedOrder
from backend.orders.service import checking, moving, proving
from backend.orders.service.moving import Mover
from backend.orders.states import Move, State
from backend.orders.verification import EVERYTHING, Sampling
from media import service as media
from media.structs import PhotoRole, SubjectKind
from qr import codes, presence
from qr import queries as qr
from qr import room as code_room

_CHECK_IN = """
    INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, accuracy_m, radius_m, qr_code)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
GPS, CODE = "gps", "code"


async def accept(order_id: int, by: Mover) -> None:
    """Take the order on. Of several who try at once, one wins; the others get MoveForbidden with the winner's name."""
    async with db.transaction():
        order = await moving.begin(order_id, Move.ACCEPT, by)
        if order is None:
            return
        changes = {"handler_id": by.actor.account_id}
        moved = await moving.carry_out(order, Move.ACCEPT, by, changes=changes)
        await moving.tell(OrderAccepted, order, moved.version, handler_id=by.actor.account_id)


async def check_in(order_id: int, arrival: CheckIn, by: Mover) -> None:
    """Prove arrival by position or by the place's own code. Raises TooFarAway, FixTooVague, WrongCode."""
    if arrival.point is None and arrival.code is None:
        raise BadCheckIn
    async with db.transaction():
        order = await moving.begin(order_id, Move.CHECK_IN, by, arrival.point)
        if order is None:
            return
        method = await _prove(order, arrival)
        detail = {"method": method, "is_fresh": _is_fresh(arrival, by)}
        moved = await moving.carry_out(order, Move.CHECK_IN, by, fix=arrival.point, detail=detail)
        await _keep_proof(moved.step_id, order, arrival, method, by)
        await moving.tell(HandlerArrived, order, moved.version)


async def make_safe(order_id: int, safe: MakeSafe, by: Mover) -> None:
    """现场防护: show that nobody can be hurt any more; the repair itself may take longer."""
    async with db.transaction():
        order = await moving.begin(order_id, Move.MAKE_SAFE, by)
        if order is None:
            return
        moved = await moving.carry_out(order, Move.MAKE_SAFE, by, note=safe.note)
        photos = [(photo_id, PhotoRole.BEFORE) for photo_id in dict.fromkeys(safe.photo_ids)]
        await media.attach_many(photos, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
        await moving.tell(OrderMadeSafe, order, moved.version)


async def finish(order_id: int, result: Finish, by: Mover, sampling: Sampling = EVERYTHING) -> None:
    """Report the work done, with the photos that the item demands; the house may pass it at once.

    Raises CheckInMissing, EvidenceMissing, EvidenceNotSound.
    """
    async with db.transaction():
        order = await moving.begin(order_id, Move.FINISH, by)
        if order is None:
            return
        _require_evidence(order, result)
        begun = await proving.begun(order)
        proofs = await proving.prove(order, result.photo_ids, result.before_photo_ids, by, begun)
        check = await checking.choose(order, begun, proofs, sampling)
        detail = checking.detail_of(proofs, check)
        moved = await moving.carry_out(order, Move.FINISH, by, note=result.note, detail=detail)
        if evidence := _evidence(result):
            await media.attach_many(evidence, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
        await checking.hand_on(order, moved, check, by)


async def _prove(order: LockedOrder, arrival: CheckIn) -> str:
    """The scanned code is the stronger proof; without one the position decides."""
    if arrival.code is not None:
        resolved = await qr.resolve(arrival.code)
        if resolved.place is None or resolved.place.id != order.place_id:
            raise WrongCode
        return CODE
    assert arrival.point is not None
    _require_near(order, arrival.point)
    return GPS


def _is_fresh(arrival: CheckIn, by: Mover) -> bool:
    """Whether the server saw this code being scanned minutes ago; else it may have been read off a picture."""
    if arrival.code is None or arrival.nonce is None:
        return False
    key = code_room.here().presence_key
    return presence.opened_at(key, codes.normalise(arrival.code), arrival.nonce, by.now) is not None


def _require_near(order: LockedOrder, fix: Fix) -> None:
    assert order.distance_m is not None
    accuracy_m = fix.accuracy_m or 0.0
    if rules.is_on_site(order.distance_m, accuracy_m, order.checkin_radius_m):
        return
    if accuracy_m > rules.MAX_ACCURACY_M:
        raise FixTooVague(
            accuracy_m=accuracy_m,
            limit_m=rules.MAX_ACCURACY_M,
            distance_m=order.distance_m,
            radius_m=order.checkin_radius_m,
        )
    raise TooFarAway(distance_m=order.distance_m, accuracy_m=accuracy_m, radius_m=order.checkin_radius_m)


def _evidence(result: Finish) -> list[tuple[UUID, PhotoRole]]:
    before = [(photo_id, PhotoRole.BEFORE) for photo_id in dict.fromkeys(result.before_photo_ids)]
    return before + [(photo_id, PhotoRole.AFTER) for photo_id in dict.fromkeys(result.photo_ids)]


def _require_evidence(order: LockedOrder, result: Finish) -> None:
    if order.checkin_required and order.state is not State.ON_SITE:
        raise CheckInMissing
    missing = {
        "before": rules.missing_photos(order.before_photos_min, len(set(result.before_photo_ids))),
        "after": rules.missing_photos(
            order.after_photos_min, len(set(result.photo_ids) - set(result.before_photo_ids))
        ),
    }
    if any(missing.values()):
        raise EvidenceMissing({role: count for role, count in missing.items() if count})


async def _keep_proof(step_id: int, order: LockedOrder, arrival: CheckIn, method: str, by: Mover) -> None:
    accuracy_m = arrival.point.accuracy_m if arrival.point else None
    code = arrival.code if method == CODE else None
    await db.execute(
        _CHECK_IN,
        step_id,
        order.id,
        by.actor.account_id,
        method,
        order.distance_m,
        accuracy_m,
        order.checkin_radius_m,
        code,
    )
