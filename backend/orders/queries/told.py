"""Who stands behind a rung's `who`. Where nobody does, the next further up is told: no rung rings in an empty room."""

import msgspec

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.orders.clocks.ladder import Who

_UPWARDS = {
    Who.HANDLER: Who.UNIT,
    Who.UNIT: Who.SUPERVISOR,
    Who.VERIFIER: Who.SUPERVISOR,
    Who.SUPERVISOR: Who.STREET,
    Who.STREET: Who.DISTRICT,
}
_HOLDERS = {
    Who.VERIFIER: Role.VERIFIER,
    Who.SUPERVISOR: Role.DISPATCHER,
    Who.STREET: Role.STREET_ADMIN,
    Who.DISTRICT: Role.DISTRICT_ADMIN,
}


class Concerned(msgspec.Struct, frozen=True, kw_only=True):
    """Whom an order concerns by name, and where it lies."""

    area_code: str
    unit_id: int | None
    handler_id: int | None
    supervisor_id: int | None


async def list_told(who: Who, order: Concerned) -> list[int]:
    """The accounts that are told. The supervisor is the one named for the order, else the area's dispatchers."""
    step: Who | None = who
    while step is not None:
        if people := await _behind(step, order):
            return people
        step = _UPWARDS.get(step)
    return []


async def _behind(who: Who, order: Concerned) -> list[int]:
    if who is Who.HANDLER:
        return [order.handler_id] if order.handler_id is not None else []
    if who is Who.UNIT:
        return await accounts.list_handlers(order.unit_id, order.area_code) if order.unit_id is not None else []
    if who is Who.SUPERVISOR and order.supervisor_id is not None:
        return [order.supervisor_id]
    return await accounts.list_holders(_HOLDERS[who], order.area_code)
