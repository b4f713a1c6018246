"""States of affairs that stop requests and urging."""

from backend.errors import Conflict


class RequestPending(Conflict):
    code = "request-pending"
    headline_zh, headline_en = "已有申请等待审批", "A request is already waiting for a decision"


class NoRequest(Conflict):
    code = "no-request"
    headline_zh, headline_en = "没有待审批的申请", "No request is waiting for a decision"


class UrgedLately(Conflict):
    code = "urged-lately"

    def __init__(self, *, wait_min: int) -> None:
        super().__init__(
            f"刚刚催办过,请 {wait_min} 分钟后再试", f"Urged lately; try again in {wait_min} min", wait_min=wait_min
        )
