"""自处理: an inspector fixes a small thing at once; the order is opened and closed in one go, with both photos."""

from backend import db
from backend.orders.model.errors import EvidenceMissing
from backend.orders.model.events import OrderClosed
from backend.orders.model.inputs import SelfHandled
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import checking, proving
from media import queries as media_reads
from media import service as media
from media.structs import PhotoRole, PhotoSubject, SubjectKind

_OPENED = "SELECT id FROM order_step WHERE order_id = $1 AND move = 'open'"


@verb(Transition.SELF_HANDLE)
async def self_handle(order: LockedOrder, fixed: SelfHandled, by: TransitionContext) -> None:
    """Close one's own fresh report as fixed on the spot.

    Raises EvidenceMissing where neither the report nor the form shows how it was before, EvidenceNotSound where an
    after photo is the picture of before again, or was taken elsewhere.
    """
    await _require_before(order, fixed, by)
    proofs = await proving.prove(order, fixed.after_photo_ids, fixed.before_photo_ids, by)
    changes = {"handler_id": by.actor.account_id}
    detail = checking.detail_of(proofs)
    moved = await transition.apply(order, Transition.SELF_HANDLE, by, note=fixed.note, changes=changes, detail=detail)
    evidence = [
        *((photo_id, PhotoRole.BEFORE) for photo_id in fixed.before_photo_ids),
        *((photo_id, PhotoRole.AFTER) for photo_id in fixed.after_photo_ids),
    ]
    await media.attach_many(evidence, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
    await recording.record_fact(OrderClosed, order, moved.version, handler_id=by.actor.account_id)


async def _require_before(order: LockedOrder, fixed: SelfHandled, by: TransitionContext) -> None:
    if fixed.before_photo_ids:
        return
    opened = PhotoSubject(SubjectKind.ORDER_STEP, await db.fetchval(_OPENED, order.id))
    if not await media_reads.list_attached([opened], by.now):
        raise EvidenceMissing({"before": 1})
