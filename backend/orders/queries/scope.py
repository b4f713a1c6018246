"""Who may see which orders, as SQL. Every list and every single access passes here.

Area-wide roles see their area; handlers see their unit's orders within their area and their own; everybody sees what
they reported, first or later. An empty list of patterns matches nothing.
"""

from typing import Any

from backend.accounts.scope import scope_of
from backend.accounts.structs import Actor

# $1 area patterns, $2 the handler's unit, $3 the unit's area patterns, $4 the account
VISIBLE = """(
    o.area_code LIKE ANY($1::text[])
    OR (o.unit_id = $2::bigint AND o.area_code LIKE ANY($3::text[]))
    OR o.handler_id = $4::bigint
    OR o.opened_by_id = $4::bigint
    OR o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = $4::bigint))
)"""


def scope_args(actor: Actor) -> list[Any]:
    """The values of $1 to $4 for this actor."""
    scope = scope_of(actor)
    return [scope.area_patterns, scope.unit_id, scope.unit_area_patterns, scope.account_id]
