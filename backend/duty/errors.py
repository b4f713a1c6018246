"""States of affairs that stop somebody from saying where one stands, or from being asked."""

from backend.errors import Conflict, Forbidden


class NoUnit(Forbidden):
    code = "no-unit"
    headline_zh, headline_en = "只有责任单位的人员才上报位置", "Only people of a unit say where they are"


class NotOnDuty(Conflict):
    code = "not-on-duty"
    headline_zh, headline_en = "您现在不在班,位置未保存", "You are not on duty now; your position was not kept"
