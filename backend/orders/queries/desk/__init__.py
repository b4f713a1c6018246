"""Reads of the desk, cut by the areas in which the reader dispatches: lists, counts, cells, export, call-back list.

Open orders are few and read through one index by time left; ended ones are millions and read latest first. How that
stays fast: docs/decisions/0017-open-and-ended-orders-are-read-apart.md.
"""

from backend.orders.queries.desk.calls import Call, CallPage, list_calls
from backend.orders.queries.desk.cells import DeskCell, list_cells
from backend.orders.queries.desk.conditions import desk_areas
from backend.orders.queries.desk.counting import ENDED_MOST, DeskCounts
from backend.orders.queries.desk.export import BATCH as EXPORT_BATCH
from backend.orders.queries.desk.export import list_for_export
from backend.orders.queries.desk.listing import DeskView, view_desk
from backend.orders.queries.desk.rows import DeskOrder
from backend.orders.queries.desk.wanted import DeskFilter, DeskPage, DueWhen, Tab

__all__ = [
    "ENDED_MOST",
    "EXPORT_BATCH",
    "Call",
    "CallPage",
    "DeskCell",
    "DeskCounts",
    "DeskFilter",
    "DeskOrder",
    "DeskPage",
    "DeskView",
    "DueWhen",
    "Tab",
    "desk_areas",
    "list_calls",
    "list_cells",
    "list_for_export",
    "view_desk",
]
