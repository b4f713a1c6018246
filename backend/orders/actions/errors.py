"""States of affairs that stop requests and urging."""

from backend.errors import Conflict


class RequestPending(Conflict):
    code = "request-pending"


class NoRequest(Conflict):
    code = "no-request"


class UrgedLately(Conflict):
    code = "urged-lately"

    def __init__(self, *, wait_min: int) -> None:
        super().__init__(wait_min=wait_min)
