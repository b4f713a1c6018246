"""States of affairs that stop somebody from saying where one stands, or from being asked."""

from backend.errors import Conflict, Forbidden, Invalid


class NoUnit(Forbidden):
    code = "no-unit"


class NotOnCallThere(Forbidden):
    """Nobody waits for orders where no grant lets them take one."""

    code = "not-on-call-there"


class OnCallEndsTooEarly(Invalid):
    code = "on-call-ends-too-early"


class NotOnDuty(Conflict):
    code = "not-on-duty"
