"""Who may see which orders, as SQL. Every list and every single access passes here.

The same as audience.py says of one order: `staff_of` of whom it is told in full, `visible_to` besides to everybody who
reported it, first or later, and to the volunteer who has it; `audience_to` as what. What no grant gives is not asked
for, so that each arm can have an index of its own.

Conditions about `work_order o`, each with its own values. The names of these values are the same in all of them, and
other parts of a statement with `visible_to` may use `:reader`, the reader's account.
"""

from backend.accounts.scope import Scope, scope_of
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.model.states import ENDED, OPEN, quoted
from backend.sql import Sql, sql
from media.structs import Audience

_REPORTERS = """o.opened_by_id = :reader::bigint
    OR o.id = ANY(ARRAY(SELECT order_id FROM order_follower WHERE account_id = :reader::bigint))"""
_OF_UNIT = "(o.unit_id = :reader_unit::bigint AND {within})"
_HELPED = f"(o.handler_id = :reader::bigint AND o.state IN ({quoted(OPEN)}))"
_HANDLED = "(o.handler_id = :reader::bigint AND {within})"
# Whoever looks after a place is told, line by line, what came up there, also what ended as another area's before a
# border was moved. Such an order itself, its words and photos, stays with those who handled it.
_ENDED_AT_PLACE = f"""o.state IN ({quoted(ENDED)}) AND EXISTS (
    SELECT FROM place looked_after WHERE looked_after.id = o.place_id AND {{within}}
)"""


def visible_to(actor: Actor) -> Sql:
    """Whether the actor may see the order."""
    scope = scope_of(actor)
    reader = {"reader": scope.account_id}
    helped = [Sql(_HELPED, reader)] if scope.is_helper else []
    return _either(*_staff(scope), *helped, Sql(_REPORTERS, reader))


def staff_of(actor: Actor) -> Sql:
    """Whether the actor may read the order in full."""
    return _either(*_staff(scope_of(actor)))


def audience_to(actor: Actor) -> Sql:
    """As what the actor reads the order, in the words of `Audience`: `public` where it is not there for them."""
    scope = scope_of(actor)
    helped = _HELPED if scope.is_helper else "false"
    text = f"""CASE WHEN {{staff}} THEN '{Audience.STAFF}' WHEN {helped} THEN '{Audience.HELPER}'
        WHEN {_REPORTERS} THEN '{Audience.REPORTER}' ELSE '{Audience.PUBLIC}' END"""
    return sql(text, staff=staff_of(actor), reader=scope.account_id)


def visible_at_place(actor: Actor) -> Sql:
    """Whether the actor is told of the order at its place."""
    scope = scope_of(actor)
    ended = sql(_ENDED_AT_PLACE, within=within_any("looked_after.area_id", scope.areas, "reader_area"))
    return _either(*_staff(scope), *([ended] if scope.areas else []))


def _staff(scope: Scope) -> list[Sql]:
    """What makes somebody staff of an order."""
    found = [within_any("o.area_code", scope.areas, "reader_area")] if scope.areas else []
    if not scope.unit_areas:
        return found
    within = within_any("o.area_code", scope.unit_areas, "reader_unit_area")
    found.append(sql(_HANDLED, within=within, reader=scope.account_id))
    if scope.unit_id is not None:
        found.append(sql(_OF_UNIT, within=within, reader_unit=scope.unit_id))
    return found


def _either(*conditions: Sql) -> Sql:
    """One of the conditions; without any, never."""
    named = {f"condition_{number}": each for number, each in enumerate(conditions)}
    return sql(f"({' OR '.join(f'{{{name}}}' for name in named)})", **named) if named else Sql("false")
