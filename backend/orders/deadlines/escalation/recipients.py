"""The people of a level's `who`. Where there is nobody, those of the next role up are notified."""

from collections.abc import Sequence

import msgspec

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.orders.deadlines.escalation.levels import RecipientRole

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


async def list_recipients(pairs: Sequence[tuple[RecipientRole, EscalatedOrder]]) -> list[list[int]]:
    """The accounts that are notified, for each of those asked for and in their order; at most a dozen statements.

    The supervisor is the one named for the order, else the area's dispatchers.
    """
    found: list[list[int]] = [[] for _ in pairs]
    steps = {place: who for place, (who, _) in enumerate(pairs)}
    while steps:
        behind = await _list_behind([(step, pairs[place][1]) for place, step in steps.items()])
        for place, people in zip(steps, behind, strict=True):
            found[place] = people
        upwards = {place: _UPWARDS.get(step) for place, step in steps.items() if not found[place]}
        steps = {place: step for place, step in upwards.items() if step is not None}
    return found


async def _list_behind(pairs: Sequence[tuple[RecipientRole, EscalatedOrder]]) -> list[list[int]]:
    """Who stands behind each of these, and nobody further up."""
    units = [(order.unit_id, order.area_code) for who, order in pairs if who is RecipientRole.UNIT]
    roles = [(_HOLDERS[who], order.area_code) for who, order in pairs if who in _HOLDERS and not _named(who, order)]
    handlers = await accounts.list_handlers_of({(unit, area) for unit, area in units if unit is not None})
    holders = await accounts.list_holders(set(roles))
    return [
        _named(who, order)
        or (handlers.get((order.unit_id, order.area_code), []) if who is RecipientRole.UNIT and order.unit_id else [])
        or (holders[_HOLDERS[who], order.area_code] if who in _HOLDERS else [])
        for who, order in pairs
    ]


def _named(who: RecipientRole, order: EscalatedOrder) -> list[int]:
    """Whoever is named for it in the order itself."""
    named = {RecipientRole.HANDLER: order.handler_id, RecipientRole.SUPERVISOR: order.supervisor_id}.get(who)
    return [] if named is None else [named]
