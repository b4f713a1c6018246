"""Reads of the desk, cut by the areas in which the reader dispatches: lists, counts, cells, export, call-back list.

Open orders are few and read through one index by time left; ended ones are millions and read latest first. How that
stays fast: docs/decisions/0017-open-and-ended-orders-are-read-apart.md.
"""

from backend.orders.desk.calls import Call, CallPage, list_calls, require_calls_cursor, require_waiting
from backend.orders.desk.cells import DeskCell, list_cells
from backend.orders.desk.conditions import desk_areas
from backend.orders.desk.counting import ENDED_MOST, DeskCounts
from backend.orders.desk.export import BATCH as EXPORT_BATCH
from backend.orders.desk.export import list_for_export
from backend.orders.desk.filters import ClosedOutcome, DeskFilter, DeskPage, DeskTab, DueWhen
from backend.orders.desk.listing import DeskView, find_desk_order, view_desk
from backend.orders.desk.most_urgent import list_most_urgent
from backend.orders.desk.reading import reading
from backend.orders.desk.rows import DeskDuplicates, DeskOrder, DeskRequest
from backend.orders.desk.tallies import WEEK_DAYS, ClosedTally, ReportedTally, Tallies, Week, tally, week_to

__all__ = [
    "ENDED_MOST",
    "EXPORT_BATCH",
    "WEEK_DAYS",
    "Call",
    "CallPage",
    "ClosedOutcome",
    "ClosedTally",
    "DeskCell",
    "DeskCounts",
    "DeskDuplicates",
    "DeskFilter",
    "DeskOrder",
    "DeskPage",
    "DeskRequest",
    "DeskTab",
    "DeskView",
    "DueWhen",
    "ReportedTally",
    "Tallies",
    "Week",
    "desk_areas",
    "find_desk_order",
    "list_calls",
    "list_cells",
    "list_for_export",
    "list_most_urgent",
    "reading",
    "require_calls_cursor",
    "require_waiting",
    "tally",
    "view_desk",
    "week_to",
]
