"""Who may see which orders, as SQL. Every list and every single access passes here.

The same as audience.py says of one order: `staff_of` of whom it is told in full, `visible_to` besides to everybody who
reported it, first or later. An empty list of patterns matches nothing.

Conditions about `work_order o`, each with its own values. The names of these values are the same in all of them, and
other parts of a statement that has one may use `:reader`, the reader's account.
"""

from typing import Any

from backend.accounts.scope import scope_of
from backend.accounts.structs import Actor
from backend.orders.model.states import ENDED, quoted
from backend.sql import Sql

_STAFF = (
    "o.area_code LIKE ANY(:reader_areas::text[])",
    "(o.unit_id = :reader_unit::bigint AND o.area_code LIKE ANY(:reader_unit_areas::text[]))",
    "(o.handler_id = :reader::bigint AND o.area_code LIKE ANY(:reader_unit_areas::text[]))",
)
_REPORTERS = (
    "o.opened_by_id = :reader::bigint",
    "o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = :reader::bigint))",
)
_STAFF_OF = f"({' OR '.join(_STAFF)})"
_VISIBLE = f"({' OR '.join((*_STAFF, *_REPORTERS))})"

# Whoever looks after a place is told, line by line, what came up there, also what ended as another area's before a
# border was moved. Such an order itself, its words and photos, stays with those who handled it.
_VISIBLE_AT_PLACE = f"""({_STAFF_OF} OR o.state IN ({quoted(ENDED)}) AND EXISTS (
    SELECT FROM place looked_after
    WHERE looked_after.id = o.place_id AND looked_after.area_id LIKE ANY(:reader_areas::text[])
))"""


def visible_to(actor: Actor) -> Sql:
    """Whether the actor may see the order."""
    return Sql(_VISIBLE, _values(actor))


def staff_of(actor: Actor) -> Sql:
    """Whether the actor may read the order in full."""
    return Sql(_STAFF_OF, _values(actor))


def visible_at_place(actor: Actor) -> Sql:
    """Whether the actor is told of the order at its place."""
    return Sql(_VISIBLE_AT_PLACE, _values(actor))


def _values(actor: Actor) -> dict[str, Any]:
    scope = scope_of(actor)
    return {
        "reader_areas": scope.area_patterns,
        "reader_unit": scope.unit_id,
        "reader_unit_areas": scope.unit_area_patterns,
        "reader": scope.account_id,
    }
