"""One code, many faces: what a door's page holds for its reader besides the report form. Pure.

Everybody reports and sees what is reported here. Whoever works here finds the orders and the next move first; who
reported one follows it; who looks after the area sees the door's last month, who keeps its plates the plate; a shop
finds its own matters first.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor, Role
from backend.items.structs import ItemView
from backend.orders.model.rules import may_self_handle
from backend.orders.reads.place_history import ClassCount
from backend.orders.reads.views import OrderHere
from backend.reports.landing import Door
from backend.reports.rules import EVERYBODY
from backend.reports.structs import Candidate
from qr import rules

_NEXT = {"accept": "accept", "check_in": "check_in", "finish": "finish", "pass": "pass", "first_pass": "pass"}
"""The moves that an order's page offers as its one action, in the words of its buttons."""


@dataclass(frozen=True, slots=True)
class WorkHere:
    """An order here, and the word for what this reader may do with it next, if anything."""

    order: OrderHere
    next: str | None


@dataclass(frozen=True, slots=True)
class DoorView:
    work: list[WorkHere]
    reported: list[Candidate]
    """Without those of `work`."""
    own_tokens: dict[int, str]
    classes: list[ClassCount] | None
    keeps_plate: bool
    self_handles: bool
    """Whether the reader may close at once what he or she reports here and put right."""


def door_view_of(door: Door, reader: Actor | None) -> DoorView:
    """What this reader finds at this door."""
    place = door.resolved.place
    is_staff = reader is not None and not reader.is_device
    work = [WorkHere(order, _next(order)) for order in door.orders] if is_staff else []
    work = [each for each in work if each.next or each.order.id not in door.own_tokens]
    shown = {each.order.id for each in work}
    return DoorView(
        work=work,
        reported=[each for each in door.reported if each.order_id not in shown],
        own_tokens=door.own_tokens,
        classes=door.classes,
        keeps_plate=bool(reader and place and rules.may_work(reader, Permission.BIND_CODES, place.area_code)),
        self_handles=bool(reader and place and may_self_handle(reader, place.area_code)),
    )


def first_items(items: Iterable[ItemView], reader: Actor | None) -> list[str]:
    """The matters to offer before those of the place: a shop's own, which nobody in the street can report."""
    if reader is None or not reader.has_role(Role.SHOP_OWNER):
        return []
    return [item.code for item in items if EVERYBODY.isdisjoint(item.reporter_roles)]


def _next(order: OrderHere) -> str | None:
    return next((word for move, word in _NEXT.items() if move in order.allowed), None)
