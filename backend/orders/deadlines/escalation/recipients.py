"""Who stands behind a rung's `who`. Where nobody does, the next further up is told: no rung rings in an empty room."""

import msgspec

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.orders.deadlines.escalation.ladder import RecipientRole

_UPWARDS = {
    RecipientRole.HANDLER: RecipientRole.UNIT,
    RecipientRole.UNIT: RecipientRole.SUPERVISOR,
    RecipientRole.VERIFIER: RecipientRole.SUPERVISOR,
    RecipientRole.SUPERVISOR: RecipientRole.STREET,
    RecipientRole.STREET: RecipientRole.DISTRICT,
}
_HOLDERS = {
    RecipientRole.VERIFIER: Role.VERIFIER,
    RecipientRole.SUPERVISOR: Role.DISPATCHER,
    RecipientRole.STREET: Role.STREET_ADMIN,
    RecipientRole.DISTRICT: Role.DISTRICT_ADMIN,
}


class EscalatedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an order concerns by name, and where it lies."""

    area_code: str
    unit_id: int | None
    handler_id: int | None
    supervisor_id: int | None


async def list_recipients(who: RecipientRole, order: EscalatedOrder) -> list[int]:
    """The accounts that are told. The supervisor is the one named for the order, else the area's dispatchers."""
    step: RecipientRole | None = who
    while step is not None:
        if people := await _behind(step, order):
            return people
        step = _UPWARDS.get(step)
    return []


async def _behind(who: RecipientRole, order: EscalatedOrder) -> list[int]:
    if who is RecipientRole.HANDLER:
        return [order.handler_id] if order.handler_id is not None else []
    if who is RecipientRole.UNIT:
        return await accounts.list_handlers(order.unit_id, order.area_code) if order.unit_id is not None else []
    if who is RecipientRole.SUPERVISOR and order.supervisor_id is not None:
        return [order.supervisor_id]
    return await accounts.list_holders(_HOLDERS[who], order.area_code)
