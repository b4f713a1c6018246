"""What acts on an order add, each on its own day, and what the cases of a hotline add that an order is about.

`what` of a case is SQL about `k`, the case, and `o`, its order.
"""

from backend.indicators.measures.kinds import Measure
from backend.indicators.measures.kinds import MeasureDay as Day
from backend.orders.model.states import Transition


def _act(code: str, zh: str, en: str, *moves: Transition) -> Measure:
    return Measure(code, Day.ACT, "", zh, en, moves=moves)


ACT_MEASURES: tuple[Measure, ...] = (
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
)
CASE_MEASURES: tuple[Measure, ...] = (
    Measure("hotline_cases", Day.CASE_RECEIVED, "1", "热线受理件数", "cases of 12345 and 110 received"),
    Measure(
        "hotline_contacted",
        Day.CASE_RECEIVED,
        "(k.contacted_at <= k.contact_by)::int",
        "先行联系按时件数",
        "of these, whose citizen was called within a working day",
    ),
    Measure("hotline_due", Day.CASE_DUE, "1", "热线应办结件数", "cases due by that day at their platform"),
    Measure(
        "hotline_done_in_time",
        Day.CASE_DUE,
        "(coalesce(o.finished_at, o.closed_at) <= k.due_at)::int",
        "热线按时办结件数",
        "of these, done in time",
    ),
    Measure(
        "hotline_called_back", Day.CASE_CALLED, "1", "热线回访接通件数", "cases whose citizen the platform reached last"
    ),
    Measure("hotline_solved", Day.CASE_CALLED, "k.is_solved::int", "诉求解决件数", "of these, said to be solved"),
    Measure(
        "hotline_judged",
        Day.CASE_CALLED,
        "(k.is_satisfied IS NOT NULL)::int",
        "热线已评价件数",
        "of these, that said how satisfied",
    ),
    Measure("hotline_satisfied", Day.CASE_CALLED, "k.is_satisfied::int", "市民满意件数", "of these, satisfied"),
)
