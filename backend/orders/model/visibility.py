"""Who may see which orders, as SQL. Every list and every single access passes here.

The same as audience.py says of one order: `STAFF_OF` of whom it is told in full, `VISIBLE` besides to everybody who
reported it, first or later. An empty list of patterns matches nothing.
"""

from typing import Any

from backend.accounts.scope import scope_of
from backend.accounts.structs import Actor
from backend.orders.model.states import ENDED

# $1 area patterns, $2 the handler's unit, $3 the unit's area patterns, $4 the account
_STAFF = (
    "o.area_code LIKE ANY($1::text[])",
    "(o.unit_id = $2::bigint AND o.area_code LIKE ANY($3::text[]))",
    "(o.handler_id = $4::bigint AND o.area_code LIKE ANY($3::text[]))",
)
_REPORTERS = (
    "o.opened_by_id = $4::bigint",
    "o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = $4::bigint))",
)
STAFF_OF = f"({' OR '.join(_STAFF)})"
VISIBLE = f"({' OR '.join((*_STAFF, *_REPORTERS))})"

# Whoever looks after a place is told, line by line, what came up there, also what ended as another area's before a
# border was moved. Such an order itself, its words and photos, stays with those who handled it.
TOLD_AT_PLACE = f"""({STAFF_OF} OR o.state IN ({", ".join(f"'{state}'" for state in ENDED)}) AND EXISTS (
    SELECT FROM place looked_after WHERE looked_after.id = o.place_id AND looked_after.area_code LIKE ANY($1::text[])
))"""


def scope_args(actor: Actor) -> list[Any]:
    """The values of $1 to $4 for this actor."""
    scope = scope_of(actor)
    return [scope.area_patterns, scope.unit_id, scope.unit_area_patterns, scope.account_id]
