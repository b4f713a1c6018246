"""States of affairs that stop somebody from saying where one stands, or from being asked."""

from backend.errors import Conflict, Forbidden


class NoUnit(Forbidden):
    code = "no-unit"


class NotOnDuty(Conflict):
    code = "not-on-duty"
