"""A filter as SQL about `work_order o`: only the conditions that were asked for, every value bound.

One statement with `($5 IS NULL OR …)` for each filter would be planned once for all of them, and badly.
"""

from datetime import datetime, timedelta
from typing import Any

from backend.accounts.structs import Actor
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.desk.filters import STATES, DeskFilter, DeskTab, DueWhen
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import Conditions
from backend.orders.model.transition_table import DESK

SOON = timedelta(hours=1)
# An index of ended orders is built on this expression: what changes here changes there.
KEYS = """ARRAY['a' || left(o.area_code, 6), 'a' || left(o.area_code, 9), 'a' || o.area_code,
    'i' || left(o.item_code, 1), 'i' || left(o.item_code, 2), 'i' || o.item_code, 'g' || o.grid_code,
    'u' || o.unit_id::text, 'h' || o.handler_id::text, 'p' || o.priority, 's' || o.source_kind]"""
_AREA_KEYS = (6, 9, 12)
_DECISION = "o.id IN (SELECT order_id FROM order_request WHERE decided_at IS NULL)"


def desk_areas(actor: Actor) -> list[str]:
    """The area prefixes in which the actor dispatches; nested ones only once."""
    areas = sorted(set(actor.areas_of(*DESK)), key=len)
    return [area for nr, area in enumerate(areas) if not area.startswith(tuple(areas[:nr]))]


def conditions_of(
    actor: Actor, wanted: DeskFilter, sought: DeskSearch, now: datetime, values: list[Any] | None = None
) -> Conditions:
    """All of a filter, within the actor's areas. `values`: those of a statement that it becomes a part of."""
    found = base_of(actor, wanted, sought, values)
    found.add(in_states(wanted.tab))
    for condition in (of_tab(wanted.tab), due(wanted.due, found, now)):
        if condition:
            found.add(condition)
    return found


def base_of(actor: Actor, wanted: DeskFilter, sought: DeskSearch, values: list[Any] | None = None) -> Conditions:
    """What holds for every tab of a filter: everything but state and time left."""
    found = Conditions(values)
    found.add_within("o.area_code", desk_areas(actor))
    if wanted.area:
        found.add_within("o.area_code", [wanted.area])
    if wanted.item:
        found.add("left(o.item_code, {}::int) = {}", len(wanted.item), wanted.item)
    columns = {"unit_id": wanted.unit_id, "handler_id": wanted.handler_id}
    columns |= {"grid_code": wanted.grid, "priority": wanted.priority, "source_kind": wanted.source}
    for column, value in columns.items():
        if value:
            found.add(f"o.{column} = {{}}", value)
    found.add_days(wanted.since, wanted.until)
    sought.narrow(found)
    return found


def in_states(tab: DeskTab) -> str:
    return "o.state IN (" + ", ".join(f"'{state}'" for state in STATES[tab]) + ")"


def of_tab(tab: DeskTab) -> str:
    """What a tab asks besides its states."""
    return {DeskTab.CENTRE: "o.unit_id IS NULL", DeskTab.DECISION: _DECISION}.get(tab, "")


def due(when: DueWhen | None, found: Conditions, now: datetime) -> str:
    if when is None:
        return ""
    if when is DueWhen.OVERDUE:
        return f"{DUE_AT} < {found.bind(now)}"
    return f"({DUE_AT} >= {found.bind(now)} AND {DUE_AT} < {found.bind(now + SOON)})"


def named_by_keys(found: Conditions, actor: Actor, wanted: DeskFilter) -> str:
    """The filter in words of the index of ended orders; what it cannot say is left to the other conditions."""
    said = {"i": wanted.item, "u": wanted.unit_id, "h": wanted.handler_id, "g": wanted.grid}
    said |= {"p": wanted.priority, "s": wanted.source}
    keys = [f"{letter}{value}" for letter, value in said.items() if value]
    areas = [wanted.area] if wanted.area else desk_areas(actor)
    by_area = [[f"a{area}"] if len(area) in _AREA_KEYS else [] for area in areas]
    either = [f"{KEYS} @> {found.bind([*area, *keys])}::text[]" for area in by_area]
    return f"({' OR '.join(either)})" if either else "false"
