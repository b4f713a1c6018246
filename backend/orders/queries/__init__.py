"""Reads of the trunk: lists cut by scope, one order with its story, and the locked row that a move starts from."""

from backend.orders.queries.detail import get_order, list_steps
from backend.orders.queries.listing import Filter, count_by_state, list_orders
from backend.orders.queries.locked import (
    LockedOrder,
    find_and_lock,
    find_made_before,
    get_check,
    get_last_change,
    get_last_mover,
    lock_order,
)

__all__ = [
    "Filter",
    "LockedOrder",
    "count_by_state",
    "find_and_lock",
    "find_made_before",
    "get_check",
    "get_last_change",
    "get_last_mover",
    "get_order",
    "list_orders",
    "list_steps",
    "lock_order",
]
