"""到场: prove arrival by the place's code or by position, or appeal with a photo; kept with what speaks against it."""

from typing import Any
from uuid import UUID

from backend import db
from backend.geo.points import Fix
from backend.orders.arrivals import grades, on_site, sightings
from backend.orders.arrivals.errors import AppealReasonMissing, BadCheckIn
from backend.orders.arrivals.grades import ArrivalDoubt, ArrivalGrade, ArrivalProof, Method
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.events import ArrivalAppealed, HandlerArrived
from backend.orders.model.inputs import Appeal, CheckInInput
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.sql import sql
from media import service as media
from media.structs import PhotoRole, SubjectKind
from qr import runtime as code_runtime

_KEEP = """
    INSERT INTO check_in (step_id, order_id, account_id, method, distance_m, accuracy_m, radius_m, qr_code,
        grade, doubts, appeal_reason, raw_lng, raw_lat, raw_datum, source, age_s, is_mock, fixed_at)
    VALUES (:step_id, :order_id, :account_id, :method, :distance_m, :accuracy_m, :radius_m, :code,
        :grade, :doubts, :appeal_reason, :raw_lng, :raw_lat, :raw_datum, :source, :age_s, :is_mock, :fixed_at)
"""


async def check_in(order_id: int, said: CheckInInput, by: TransitionContext) -> None:
    """Take down an arrival. A scanned code is the stronger proof; an appeal counts where neither proof holds.

    Raises TooFarAway, FixTooVague, WrongCode, CapturedTooEarly, CapturedTooLongAgo; of an appeal EvidenceMissing,
    AppealReasonMissing.
    """
    if said.point is None and said.code is None and said.appeal is None:
        raise BadCheckIn
    await _arrive(order_id, said, by)


@verb(Transition.CHECK_IN)
async def _arrive(order: LockedOrder, said: CheckInInput, by: TransitionContext) -> None:
    proof = await _prove(order, said, by)
    doubts = grades.list_doubts(proof)
    grade = grades.grade_of(proof.method, doubts)
    at = proof.timing.at
    detail = {"method": proof.method, "is_fresh": proof.is_fresh, "arrived_at": at}
    moved = await transition.apply(
        order, Transition.CHECK_IN, by, fix=said.point, changes={"arrived_at": at}, detail=detail
    )
    await _keep(moved.step_id, order, said, proof, grade, doubts, by)
    await _attach(said.appeal, moved.step_id, by)
    await recording.record_fact(HandlerArrived, order, moved.version)
    if proof.method is Method.APPEAL and said.appeal is not None:
        facts = {"reason": said.appeal.reason.strip(), "distance_m": order.distance_m}
        await recording.record_fact(ArrivalAppealed, order, moved.version, **facts)


async def _prove(order: LockedOrder, said: CheckInInput, by: TransitionContext) -> ArrivalProof:
    timing = grades.timing_of(by.captured_at, await sightings.get_accepted_at(order.id), by.now)
    method = await _method(order, said)
    return ArrivalProof(
        method=method,
        timing=timing,
        fix=said.point,
        distance_m=order.distance_m,
        is_fresh=method is Method.CODE and code_runtime.is_fresh(said.code, said.nonce, timing.at),
        others=await sightings.list_sightings(by.actor.account_id) if said.point else (),
    )


async def _method(order: LockedOrder, said: CheckInInput) -> Method:
    """The strongest means that holds."""
    if said.code is not None:
        await on_site.require_code(said.code, order.place_id)
        return Method.CODE
    if said.point is not None and order.distance_m is not None:
        refusal = on_site.why_not_near(said.point, order.distance_m, order.checkin_radius_m)
        if refusal is None:
            return Method.GPS
        if said.appeal is None:
            raise refusal
    _require_whole(said.appeal)
    return Method.APPEAL


def _require_whole(appeal: Appeal | None) -> None:
    if appeal is None or not appeal.reason.strip():
        raise AppealReasonMissing
    if not appeal.photo_ids:
        raise EvidenceMissing({PhotoRole.ARRIVAL.value: 1})


async def _attach(appeal: Appeal | None, step_id: int, by: TransitionContext) -> None:
    """The photos of an appeal belong to the arrival, also of one that was not needed."""
    if appeal is None:
        return
    photos: list[tuple[UUID, PhotoRole]] = [
        (photo_id, PhotoRole.ARRIVAL) for photo_id in dict.fromkeys(appeal.photo_ids)
    ]
    await media.attach_many(photos, by.actor.account_id, SubjectKind.ORDER_STEP, step_id)


async def _keep(
    step_id: int,
    order: LockedOrder,
    said: CheckInInput,
    proof: ArrivalProof,
    grade: ArrivalGrade,
    doubts: list[ArrivalDoubt],
    by: TransitionContext,
) -> None:
    fix, is_appeal = said.point, proof.method is Method.APPEAL
    inserted = sql(
        _KEEP,
        step_id=step_id,
        order_id=order.id,
        account_id=by.actor.account_id,
        method=proof.method.value,
        distance_m=order.distance_m,
        radius_m=order.checkin_radius_m,
        code=said.code,
        grade=grade.value,
        doubts=[doubt.value for doubt in doubts],
        appeal_reason=said.appeal.reason.strip() if said.appeal and is_appeal else None,
        fixed_at=grades.sighting_of(fix, proof.timing).at if fix else None,
        **_raw(fix),
    )
    await db.execute(inserted)


def _raw(fix: Fix | None) -> dict[str, Any]:
    """The fix as the phone gave it."""
    if fix is None:
        return dict.fromkeys(("accuracy_m", "raw_lng", "raw_lat", "raw_datum", "source", "age_s", "is_mock"))
    return {
        "accuracy_m": fix.accuracy_m,
        "raw_lng": fix.lng,
        "raw_lat": fix.lat,
        "raw_datum": fix.datum.value,
        "source": fix.source.value if fix.source else None,
        "age_s": fix.age_s,
        "is_mock": fix.is_mock,
    }
