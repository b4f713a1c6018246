"""自处理: an inspector fixes a small thing at once; the order is opened and closed in one go, with both photos."""

from backend import db
from backend.orders.errors import EvidenceMissing
from backend.orders.events import OrderClosed
from backend.orders.inputs import SelfHandled
from backend.orders.queries import LockedOrder
from backend.orders.service import checking, moving, proving
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move
from media import queries as media_reads
from media import service as media
from media.structs import PhotoRole, Subject, SubjectKind

_OPENED = "SELECT id FROM order_step WHERE order_id = $1 AND move = 'open'"


async def self_handle(order_id: int, fixed: SelfHandled, by: Mover) -> None:
    """Close one's own fresh report as fixed on the spot.

    Raises EvidenceMissing where neither the report nor the form shows how it was before, EvidenceNotSound where an
    after photo is the picture of before again, or was taken elsewhere.
    """
    async with turn(order_id):
        order = await moving.begin(order_id, Move.SELF_HANDLE, by, fixed)
        if order is None:
            return
        await _require_before(order, fixed, by)
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


async def _require_before(order: LockedOrder, fixed: SelfHandled, by: Mover) -> None:
    if fixed.before_photo_ids:
        return
    opened = Subject(SubjectKind.ORDER_STEP, await db.fetchval(_OPENED, order.id))
    if not await media_reads.list_attached([opened], by.now):
        raise EvidenceMissing({"before": 1})
