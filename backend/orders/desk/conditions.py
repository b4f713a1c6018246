"""A filter as SQL about `work_order o`: only the conditions that were asked for, with their values.

One statement with `(:unit_id IS NULL OR …)` for each filter would be planned once for all of them, and badly.
"""

from datetime import datetime, timedelta

from backend.accounts.structs import Actor, Role
from backend.geo.area_sql import outermost, within_any
from backend.orders.deadlines.outcomes import IS_ON_TIME
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.desk.filters import STATES, ClosedOutcome, DeskFilter, DeskTab, DueWhen
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import all_of, closed, joined, opened
from backend.orders.model.states import quoted
from backend.orders.model.transition_table import DESK
from backend.sql import Sql, sql

SOON = timedelta(hours=1)
READERS = (*DESK, Role.COMMITTEE)
"""Whoever dispatches, and committees, who look at theirs; who may do what to an order is the order's own rule."""
# An index of ended orders is built on this expression: what changes here changes there.
KEYS = """ARRAY['a' || left(o.area_code, 6), 'a' || left(o.area_code, 9), 'a' || o.area_code,
    'i' || left(o.item_id, 1), 'i' || left(o.item_id, 2), 'i' || o.item_id, 'g' || o.grid_code,
    'u' || o.unit_id::text, 'h' || o.handler_id::text, 'p' || o.priority, 's' || o.source_kind]"""
_AREA_KEYS = (6, 9, 12)
_DECISION = "o.id IN (SELECT order_id FROM order_request WHERE decided_at IS NULL)"


def desk_areas(actor: Actor) -> list[str]:
    """The area prefixes whose orders the actor reads at the desk; nested ones only once."""
    return outermost(actor.areas_of(*READERS))


def conditions_of(actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime) -> Sql:
    """All of a filter, within the actor's areas."""
    return all_of(
        base_of(actor, desk_filter, search),
        Sql(in_states(desk_filter.tab)),
        of_tab(desk_filter.tab),
        due(desk_filter.due, now),
    )


def base_of(actor: Actor, desk_filter: DeskFilter, search: DeskSearch) -> Sql:
    """What holds for every tab of a filter: everything but state and time left."""
    item = Sql(
        "left(o.item_id, :item_length::int) = :item", {"item_length": len(desk_filter.item), "item": desk_filter.item}
    )
    columns = {"unit_id": desk_filter.unit_id, "handler_id": desk_filter.handler_id}
    columns |= {"grid_code": desk_filter.grid, "priority": desk_filter.priority, "source_kind": desk_filter.source}
    columns |= {"place_id": desk_filter.place_id}
    return all_of(
        within_any("o.area_code", desk_areas(actor), "desk"),
        within_any("o.area_code", [desk_filter.area], "area") if desk_filter.area else None,
        item if desk_filter.item else None,
        *(Sql(f"o.{column} = :{column}", {column: value}) for column, value in columns.items() if value),
        opened(desk_filter.since, desk_filter.until, "filter"),
        closed_as(desk_filter),
        search.condition(),
    )


def closed_as(desk_filter: DeskFilter) -> Sql | None:
    """Closed on these days, in time or late; None where the filter does not ask."""
    if not desk_filter.asks_for_closed:
        return None
    went = {ClosedOutcome.ON_TIME: IS_ON_TIME, ClosedOutcome.LATE: f"NOT {IS_ON_TIME}", None: None}[desk_filter.outcome]
    days = closed(desk_filter.closed_since, desk_filter.closed_until, desk_filter.area, "closed")
    return all_of(days, Sql(went) if went else None)


def in_states(tab: DeskTab) -> str:
    return f"o.state IN ({quoted(STATES[tab])})"


def of_tab(tab: DeskTab) -> Sql | None:
    """What a tab asks besides its states."""
    said = {DeskTab.CENTRE: "o.unit_id IS NULL", DeskTab.DECISION: _DECISION}.get(tab)
    return None if said is None else Sql(said)


def due(when: DueWhen | None, now: datetime) -> Sql | None:
    if when is None:
        return None
    if when is DueWhen.OVERDUE:
        return Sql(f"{DUE_AT} < :now", {"now": now})
    return Sql(f"({DUE_AT} >= :now AND {DUE_AT} < :soon)", {"now": now, "soon": now + SOON})


def named_by_keys(actor: Actor, desk_filter: DeskFilter) -> Sql:
    """The filter in words of the index of ended orders; what it cannot say is left to the other conditions."""
    said = {"i": desk_filter.item, "u": desk_filter.unit_id, "h": desk_filter.handler_id, "g": desk_filter.grid}
    said |= {"p": desk_filter.priority, "s": desk_filter.source}
    keys = [f"{letter}{value}" for letter, value in said.items() if value]
    areas = [desk_filter.area] if desk_filter.area else desk_areas(actor)
    by_area = [[f"a{area}"] if len(area) in _AREA_KEYS else [] for area in areas]
    named = {f"keys_{number}": [*area, *keys] for number, area in enumerate(by_area)}
    either = [Sql(f"{KEYS} @> :{name}::text[]", {name: value}) for name, value in named.items()]
    return sql("({either})", either=joined(" OR ", either)) if either else Sql("false")
