"""The handler's moves: accept the order, make it safe, finish with evidence. Arrival: arriving.py."""

from uuid import UUID

from backend.accounts import queries as accounts
from backend.orders.model.errors import NotYours
from backend.orders.model.events import OrderAccepted, OrderMadeSafe
from backend.orders.model.inputs import Finish, MakeSafe
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import checking, comparison, proving
from backend.orders.verifying.checks import EVERYTHING, Comparison, Sampling
from media import service as media
from media.structs import PhotoRole, SubjectKind


@verb(Transition.ACCEPT)
async def accept(order: LockedOrder, by: TransitionContext) -> None:
    """Take the order on. Of several who try at once, one wins; the others get MoveForbidden with the winner's name.

    Raises NotYours for whoever left since the access token was made.
    """
    await _require_still_here(order, by)
    changes = {"handler_id": by.actor.account_id}
    moved = await transition.apply(order, Transition.ACCEPT, by, changes=changes)
    await recording.record_fact(OrderAccepted, order, moved.version, handler_id=by.actor.account_id)


@verb(Transition.MAKE_SAFE)
async def make_safe(order: LockedOrder, safe: MakeSafe, by: TransitionContext) -> None:
    """现场防护: show that nobody can be hurt any more; the repair itself may take longer."""
    moved = await transition.apply(order, Transition.MAKE_SAFE, by, note=safe.note)
    photos = [(photo_id, PhotoRole.BEFORE) for photo_id in dict.fromkeys(safe.photo_ids)]
    await media.attach_many(photos, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
    await recording.record_fact(OrderMadeSafe, order, moved.version)


async def finish(order_id: int, result: Finish, by: TransitionContext, sampling: Sampling = EVERYTHING) -> None:
    """Report the work done, with the photos that the item demands; the system may pass it at once.

    Raises CheckInMissing, EvidenceMissing, EvidenceNotSound.
    """
    # It takes its time, so it comes before anything is locked.
    compared = await comparison.compare(order_id, result, by.now, sampling)
    await _finish(order_id, result, by, sampling, compared)


@verb(Transition.FINISH)
async def _finish(
    order: LockedOrder, result: Finish, by: TransitionContext, sampling: Sampling, compared: Comparison | None
) -> None:
    begun = await proving.read_work_evidence(order)
    proofs = await proving.prove(order, result.photo_ids, result.before_photo_ids, by, begun)
    check = await checking.choose(order, begun, proofs, sampling, compared)
    detail = checking.detail_of(proofs, check, compared)
    moved = await transition.apply(order, Transition.FINISH, by, note=result.note, detail=detail)
    if evidence := _evidence(result):
        await media.attach_many(evidence, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
    await checking.hand_on(order, moved, check, by)


async def _require_still_here(order: LockedOrder, by: TransitionContext) -> None:
    if order.unit_id is None or not await accounts.lock_handler(by.actor.account_id, order.unit_id, order.area_code):
        raise NotYours


def _evidence(result: Finish) -> list[tuple[UUID, PhotoRole]]:
    before = [(photo_id, PhotoRole.BEFORE) for photo_id in dict.fromkeys(result.before_photo_ids)]
    return before + [(photo_id, PhotoRole.AFTER) for photo_id in dict.fromkeys(result.photo_ids)]
