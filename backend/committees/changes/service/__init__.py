"""Verbs on requests to change a duty list."""

from backend.committees.changes.service.deciding import grant, refuse
from backend.committees.changes.service.requesting import request_change, withdraw

__all__ = ["grant", "refuse", "request_change", "withdraw"]
