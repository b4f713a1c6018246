"""The base measures: what one order adds on which day. `docs/indicators.md` lists them.

`what` is SQL about `t`, the truth of an order (counting/truth.py): a condition, which adds 1, or an amount. Acts are
steps, each on its own day; cases are those of a hotline.
"""

from enum import StrEnum
from typing import NamedTuple

from backend.orders.model.states import Transition


class MeasureDay(StrEnum):
    """On which day in Shanghai a measure counts: that of an instant of the order, of an act, or of a hotline case."""

    OPENED = "opened"
    RESPOND_DUE = "respond_due"
    ACCEPTED = "accepted"
    ARRIVE_DUE = "arrive_due"
    ARRIVED = "arrived"
    DUE = "due"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LISTED = "listed"
    CALLED = "called"
    ACT = "act"
    CASE_RECEIVED = "case_received"
    CASE_DUE = "case_due"
    CASE_CALLED = "case_called"


OF_CASES = (MeasureDay.CASE_RECEIVED, MeasureDay.CASE_DUE, MeasureDay.CASE_CALLED)
OF_TRUTH = tuple(day for day in MeasureDay if day not in (MeasureDay.ACT, *OF_CASES))


class Measure(NamedTuple):
    code: str
    day: MeasureDay
    what: str
    zh: str
    en: str
    is_amount: bool = False
    """Whether `what` is how much it adds, such as minutes, not a condition."""
    moves: tuple[Transition, ...] = ()
    """Of an act: the moves that are counted."""


def _act(code: str, zh: str, en: str, *moves: Transition) -> Measure:
    return Measure(code, MeasureDay.ACT, "", zh, en, moves=moves)


_FOUND = "t.is_reported AND t.source_kind = 'report'"
_DUE = "t.is_valid AND NOT t.is_suspended"
_D = MeasureDay

MEASURES: tuple[Measure, ...] = (
    Measure(
        "opened", _D.OPENED, "true", "立单数(含协办、根因、预约)", "all orders opened, sub-orders and bookings too"
    ),
    Measure("reported", _D.OPENED, "t.is_reported", "上报数", "orders that somebody or something reported"),
    Measure("filed", _D.OPENED, "t.is_reported AND t.is_valid", "立案数", "reported, and neither cancelled nor merged"),
    Measure("rejected", _D.OPENED, "t.is_reported AND t.is_cancelled", "上报后作废数", "reported, and cancelled since"),
    Measure("merged", _D.OPENED, "t.is_reported AND t.is_merged", "上报后并案数", "reported, and merged since"),
    Measure(
        "without_place",
        _D.OPENED,
        "t.is_reported AND t.is_valid AND NOT t.has_place",
        "无门牌地点数",
        "filed at a point without a place of the register",
    ),
    Measure(
        "found_by_inspector",
        _D.OPENED,
        f"{_FOUND} AND t.opened_as IN ('inspector', 'committee')",
        "巡查自发现数",
        "reported by inspectors and committees",
    ),
    Measure(
        "found_by_resident",
        _D.OPENED,
        f"{_FOUND} AND t.opened_as NOT IN ('inspector', 'committee')",
        "公众上报数",
        "reported by residents, volunteers and shops",
    ),
    Measure(
        "found_by_device",
        _D.OPENED,
        "t.is_reported AND t.source_kind IN ('sensors', 'cameras')",
        "感知发现数",
        "reported by sensors and cameras",
    ),
    Measure(
        "found_by_platform",
        _D.OPENED,
        "t.is_reported AND t.source_kind IN ('hotline', 'police', 'system', 'open311')",
        "平台转入数",
        "handed over by 12345, 110 and other systems",
    ),
    Measure(
        "sub_orders", _D.OPENED, "t.source_kind = 'co_handling'", "协办单数", "orders by which a unit helps another"
    ),
    Measure(
        "root_causes", _D.OPENED, "t.source_kind = 'root_cause'", "根因单数", "orders for what recurs at one place"
    ),
    Measure(
        "dispatched",
        _D.OPENED,
        "t.is_valid AND (t.unit_id IS NOT NULL OR t.hop_count > 0)",
        "派遣数",
        "orders for which a unit was found",
    ),
    Measure(
        "returned_once", _D.OPENED, "t.is_valid AND t.hop_count > 0", "被退单的工单数", "orders returned at least once"
    ),
    Measure(
        "returned_twice",
        _D.OPENED,
        "t.is_valid AND t.hop_count > 1",
        "屡次退单的工单数",
        "orders returned twice or more",
    ),
    Measure("grabbed", _D.OPENED, "t.is_valid AND t.is_grabbed", "抢单数", "orders that somebody took out of the pool"),
    Measure("respond_due", _D.RESPOND_DUE, "t.is_valid", "应接单数", "orders to be accepted by that day"),
    Measure(
        "accepted_in_time",
        _D.RESPOND_DUE,
        "t.is_valid AND t.accepted_at <= t.respond_by",
        "按时接单数",
        "of these, accepted in time",
    ),
    Measure("accepted", _D.ACCEPTED, "t.is_valid", "接单数", "orders accepted"),
    Measure(
        "accept_minutes",
        _D.ACCEPTED,
        "t.accept_minutes",
        "接单用时合计(分)",
        "minutes from opening to acceptance, summed",
        True,
    ),
    Measure("arrive_due", _D.ARRIVE_DUE, "t.is_valid", "应到场数", "orders at which somebody had to be by that day"),
    Measure(
        "arrived_in_time",
        _D.ARRIVE_DUE,
        "t.is_valid AND t.arrived_at <= t.arrive_by",
        "按时到场数",
        "of these, reached in time",
    ),
    Measure("arrived", _D.ARRIVED, "t.is_valid", "到场数", "orders reached"),
    Measure(
        "arrive_minutes",
        _D.ARRIVED,
        "t.arrive_minutes",
        "到场用时合计(分)",
        "minutes from opening to arrival, summed",
        True,
    ),
    Measure("due", _D.DUE, _DUE, "应处置数", "orders to be done by that day, without suspended ones"),
    Measure("done_in_time", _D.DUE, f"{_DUE} AND t.is_on_time", "按期处置数", "of these, done within the limit"),
    Measure(
        "suspended_due",
        _D.DUE,
        "t.is_valid AND t.is_suspended",
        "挂账中到期数",
        "suspended orders whose limit was that day",
    ),
    Measure("done", _D.DONE, "t.is_valid", "处置数", "orders done"),
    Measure("done_late", _D.DONE, "t.is_valid AND NOT t.is_on_time", "逾期处置数", "orders done after their limit"),
    Measure(
        "handling_minutes",
        _D.DONE,
        "t.handling_minutes",
        "处置用时合计(分)",
        "minutes from opening to done, summed",
        True,
    ),
    Measure("done_in_1h", _D.DONE, "t.is_valid AND t.handling_minutes <= 60", "1小时内处置数", "done within an hour"),
    Measure(
        "done_in_4h", _D.DONE, "t.is_valid AND t.handling_minutes <= 240", "4小时内处置数", "done within four hours"
    ),
    Measure("done_in_24h", _D.DONE, "t.is_valid AND t.handling_minutes <= 1440", "24小时内处置数", "done within a day"),
    Measure("closed", _D.CLOSED, "true", "结案数", "orders closed"),
    Measure("closed_on_time", _D.CLOSED, "t.is_on_time", "按期结案数", "closed orders that were done within the limit"),
    Measure(
        "closed_reworked", _D.CLOSED, "t.rework_count > 0", "返工后结案数", "closed orders that were sent back before"
    ),
    Measure(
        "closed_reopened",
        _D.CLOSED,
        "t.reopen_count > 0",
        "重新办理后结案数",
        "closed orders that were reopened before",
    ),
    Measure(
        "closing_minutes",
        _D.CLOSED,
        "t.closing_minutes",
        "结案用时合计(分)",
        "minutes from opening to closing, summed",
        True,
    ),
    Measure("rated", _D.CLOSED, "t.rating IS NOT NULL", "已评价数", "closed orders that their reporter rated"),
    Measure("satisfied", _D.CLOSED, "t.rating >= 4", "评价满意数", "of these, with four or five stars"),
    Measure("unsatisfied", _D.CLOSED, "t.rating <= 2", "评价不满意数", "of these, with one or two stars"),
    Measure("rating_sum", _D.CLOSED, "t.rating", "评价星数合计", "stars, summed", True),
    Measure("cancelled", _D.CANCELLED, "true", "作废数", "orders cancelled"),
    Measure("call_listed", _D.LISTED, "true", "应回访数", "closed orders whose reporter was to be called"),
    Measure(
        "called",
        _D.CALLED,
        "t.call_result IN ('satisfied', 'unsatisfied', 'refused')",
        "回访接通数",
        "reporters reached",
    ),
    Measure("call_satisfied", _D.CALLED, "t.call_result = 'satisfied'", "回访满意数", "of these, satisfied"),
    Measure("call_unsatisfied", _D.CALLED, "t.call_result = 'unsatisfied'", "回访不满意数", "of these, not satisfied"),
    Measure(
        "call_missed",
        _D.CALLED,
        "t.call_result IN ('unreached', 'unreachable')",
        "回访未接通数",
        "reporters not reached",
    ),
    _act("returns", "退单次数", "times that a unit gave an order back", Transition.RETURN),
    _act(
        "reworks",
        "返工次数",
        "times that work was sent back",
        *(Transition.REWORK, Transition.DISPUTE, Transition.SOURCE_REWORK),
    ),
    _act("passes", "人工核查通过次数", "times that a person passed the work", Transition.PASS, Transition.SOURCE_PASS),
    _act("auto_passes", "自动核查通过次数", "times that the system passed it", Transition.AUTO_PASS),
    _act("confirmations", "商户确认次数", "times that whoever asked for the work confirmed it", Transition.CONFIRM),
    _act("self_handled", "自处理次数", "put right at once by whoever found it", Transition.SELF_HANDLE),
    _act("extension_requests", "申请延期次数", "times that more time was asked for", Transition.ASK_EXTENSION),
    _act(
        "extensions_granted",
        "批准延期次数",
        "times that it was granted",
        *(Transition.GRANT_EXTENSION, Transition.SOURCE_EXTEND),
    ),
    _act("suspension_requests", "申请挂账次数", "times that putting aside was asked for", Transition.ASK_SUSPENSION),
    _act("suspensions_granted", "批准挂账次数", "times that it was granted", Transition.GRANT_SUSPENSION),
    _act("refusals", "不予批准次数", "requests that were refused", Transition.REFUSE),
    _act("reopenings", "重新办理次数", "times that a closed order was reopened", Transition.REOPEN),
    _act("objections", "反映未解决次数", "times that a later reporter said that nothing was solved", Transition.OBJECT),
    _act("joins", "附议次数", "further reporters of an order", Transition.JOIN),
    _act("urges", "催办次数", "times that whoever has it was reminded", Transition.URGE),
    _act("supervisions", "督办次数", "times that it was put under supervision", Transition.SUPERVISE),
    _act("passed_on", "超时转派次数", "times that nobody accepted and it went on", Transition.PASS_ON),
    _act("reassignments", "改派次数", "times that the desk gave it to somebody else", Transition.REASSIGN),
    Measure("hotline_cases", _D.CASE_RECEIVED, "1", "热线受理件数", "cases of 12345 and 110 received"),
    Measure(
        "hotline_contacted",
        _D.CASE_RECEIVED,
        "(k.contacted_at <= k.contact_by)::int",
        "先行联系按时件数",
        "of these, whose citizen was called within a working day",
    ),
    Measure("hotline_due", _D.CASE_DUE, "1", "热线应办结件数", "cases due by that day at their platform"),
    Measure(
        "hotline_done_in_time",
        _D.CASE_DUE,
        "(coalesce(o.finished_at, o.closed_at) <= k.due_at)::int",
        "热线按时办结件数",
        "of these, done in time",
    ),
    Measure(
        "hotline_called_back", _D.CASE_CALLED, "1", "热线回访接通件数", "cases whose citizen the platform reached last"
    ),
    Measure("hotline_solved", _D.CASE_CALLED, "k.is_solved::int", "诉求解决件数", "of these, said to be solved"),
    Measure(
        "hotline_judged",
        _D.CASE_CALLED,
        "(k.is_satisfied IS NOT NULL)::int",
        "热线已评价件数",
        "of these, that said how satisfied",
    ),
    Measure("hotline_satisfied", _D.CASE_CALLED, "k.is_satisfied::int", "市民满意件数", "of these, satisfied"),
)
"""In the order of the columns. A measure that is added is a column more of both tables: a migration."""

BY_CODE: dict[str, Measure] = {measure.code: measure for measure in MEASURES}
CODES: tuple[str, ...] = tuple(BY_CODE)
