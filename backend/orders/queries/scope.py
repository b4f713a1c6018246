"""Who may see which orders, as SQL. Every list and every single access passes here.

Area-wide roles see their area; handlers see their unit's orders within their area and their own; everybody sees what they
reported. An empty list of prefixes matches nothing.
"""

from typing import Any

from backend.accounts.structs import Actor, Role

AREA_WIDE = (
    Role.INSPECTOR,
    Role.VERIFIER,
    Role.DISPATCHER,
    Role.COMMITTEE,
    Role.STREET_ADMIN,
    Role.DISTRICT_ADMIN,
)

# $1 area-wide prefixes, $2 the handler's unit, $3 the handler's prefixes, $4 the account
VISIBLE = """(
    o.area_code LIKE ANY($1::text[])
    OR (o.unit_id = $2::bigint AND o.area_code LIKE ANY($3::text[]))
    OR o.handler_id = $4::bigint
    OR o.opened_by_id = $4::bigint
)"""


def scope_args(actor: Actor) -> list[Any]:
    """The values of $1 to $4 for this actor."""
    return [
        [f"{area}%" for area in actor.areas_of(*AREA_WIDE)],
        actor.unit_id,
        [f"{area}%" for area in actor.areas_of(Role.HANDLER)],
        actor.account_id,
    ]
