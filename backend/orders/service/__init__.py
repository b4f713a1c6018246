"""The trunk's verbs: open an order, and every move of its life. One verb, one transaction."""

from backend.orders.service.closing import rate, verify
from backend.orders.service.on_site import accept, check_in, finish
from backend.orders.service.opening import open

__all__ = ["accept", "check_in", "finish", "open", "rate", "verify"]
