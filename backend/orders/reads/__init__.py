"""Reads of the trunk: lists cut by scope, one order with its story, and the locked row that a move starts from."""

from backend.orders.reads.detail import get_order, list_steps
from backend.orders.reads.listing import OrderFilter, count_open, list_orders

__all__ = [
    "OrderFilter",
    "count_open",
    "get_order",
    "list_orders",
    "list_steps",
]
