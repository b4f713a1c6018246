"""自处理: an inspector fixes a small thing at once; the order is opened and closed in one go, with both photos."""

from backend import db
from backend.orders.events import OrderClosed
from backend.orders.inputs import SelfHandled
from backend.orders.service import checking, moving, proving
from backend.orders.service.moving import Mover
from backend.orders.states import Move
from media import service as media
from media.structs import PhotoRole, SubjectKind


async def self_handle(order_id: int, fixed: SelfHandled, by: Mover) -> None:
    """Close one's own fresh report as fixed on the spot. Raises EvidenceNotSound: before and after are two pictures."""
    async with db.transaction():
        order = await moving.begin(order_id, Move.SELF_HANDLE, by)
        if order is None:
            return
        proofs = await proving.prove(order, fixed.after_photo_ids, fixed.before_photo_ids, by)
        changes = {"handler_id": by.actor.account_id}
        detail = checking.detail_of(proofs)
        moved = await moving.carry_out(order, Move.SELF_HANDLE, by, note=fixed.note, changes=changes, detail=detail)
        evidence = [
            *((photo_id, PhotoRole.BEFORE) for photo_id in fixed.before_photo_ids),
            *((photo_id, PhotoRole.AFTER) for photo_id in fixed.after_photo_ids),
        ]
        await media.attach_many(evidence, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id)
        await moving.tell(OrderClosed, order, moved.version, handler_id=by.actor.account_id)
