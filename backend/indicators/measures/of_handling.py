"""What an order adds on the days of its limits, of what was done about it, and of its end."""

from backend.indicators.measures.kinds import Measure
from backend.indicators.measures.kinds import MeasureDay as Day

_DUE = "t.is_valid AND NOT t.is_suspended"

HANDLING_MEASURES: tuple[Measure, ...] = (
    Measure("respond_due", Day.RESPOND_DUE, "t.is_valid", "应接单数", "orders to be accepted by that day"),
    Measure(
        "accepted_in_time",
        Day.RESPOND_DUE,
        "t.is_valid AND t.accepted_at <= t.respond_by",
        "按时接单数",
        "of these, accepted in time",
    ),
    Measure("accepted", Day.ACCEPTED, "t.is_valid", "接单数", "orders accepted"),
    Measure(
        "accept_minutes",
        Day.ACCEPTED,
        "t.accept_minutes",
        "接单用时合计(分)",
        "minutes from opening to acceptance, summed",
        True,
    ),
    Measure("arrive_due", Day.ARRIVE_DUE, "t.is_valid", "应到场数", "orders at which somebody had to be by that day"),
    Measure(
        "arrived_in_time",
        Day.ARRIVE_DUE,
        "t.is_valid AND t.arrived_at <= t.arrive_by",
        "按时到场数",
        "of these, reached in time",
    ),
    Measure("arrived", Day.ARRIVED, "t.is_valid", "到场数", "orders reached"),
    Measure(
        "arrive_minutes",
        Day.ARRIVED,
        "t.arrive_minutes",
        "到场用时合计(分)",
        "minutes from opening to arrival, summed",
        True,
    ),
    Measure("due", Day.DUE, _DUE, "应处置数", "orders to be done by that day, without suspended ones"),
    Measure("done_in_time", Day.DUE, f"{_DUE} AND t.is_on_time", "按期处置数", "of these, done within the limit"),
    Measure(
        "suspended_due",
        Day.DUE,
        "t.is_valid AND t.is_suspended",
        "挂账中到期数",
        "suspended orders whose limit was that day",
    ),
    Measure("done", Day.DONE, "t.is_valid", "处置数", "orders done"),
    Measure("done_late", Day.DONE, "t.is_valid AND NOT t.is_on_time", "逾期处置数", "orders done after their limit"),
    Measure(
        "handling_minutes",
        Day.DONE,
        "t.handling_minutes",
        "处置用时合计(分)",
        "minutes from opening to done, summed",
        True,
    ),
    Measure("done_in_1h", Day.DONE, "t.is_valid AND t.handling_minutes <= 60", "1小时内处置数", "done within an hour"),
    Measure(
        "done_in_4h", Day.DONE, "t.is_valid AND t.handling_minutes <= 240", "4小时内处置数", "done within four hours"
    ),
    Measure(
        "done_in_24h", Day.DONE, "t.is_valid AND t.handling_minutes <= 1440", "24小时内处置数", "done within a day"
    ),
    Measure("closed", Day.CLOSED, "true", "结案数", "orders closed"),
    Measure(
        "closed_on_time", Day.CLOSED, "t.is_on_time", "按期结案数", "closed orders that were done within the limit"
    ),
    Measure(
        "closed_reworked", Day.CLOSED, "t.rework_count > 0", "返工后结案数", "closed orders that were sent back before"
    ),
    Measure(
        "closed_reopened",
        Day.CLOSED,
        "t.reopen_count > 0",
        "重新办理后结案数",
        "closed orders that were reopened before",
    ),
    Measure(
        "closing_minutes",
        Day.CLOSED,
        "t.closing_minutes",
        "结案用时合计(分)",
        "minutes from opening to closing, summed",
        True,
    ),
    Measure("rated", Day.CLOSED, "t.rating IS NOT NULL", "已评价数", "closed orders that their reporter rated"),
    Measure("satisfied", Day.CLOSED, "t.rating >= 4", "评价满意数", "of these, with four or five stars"),
    Measure("unsatisfied", Day.CLOSED, "t.rating <= 2", "评价不满意数", "of these, with one or two stars"),
    Measure("rating_sum", Day.CLOSED, "t.rating", "评价星数合计", "stars, summed", True),
    Measure("cancelled", Day.CANCELLED, "true", "作废数", "orders cancelled"),
    Measure("call_listed", Day.LISTED, "true", "应回访数", "closed orders whose reporter was to be called"),
    Measure(
        "called",
        Day.CALLED,
        "t.call_result IN ('satisfied', 'unsatisfied', 'refused')",
        "回访接通数",
        "reporters reached",
    ),
    Measure("call_satisfied", Day.CALLED, "t.call_result = 'satisfied'", "回访满意数", "of these, satisfied"),
    Measure("call_unsatisfied", Day.CALLED, "t.call_result = 'unsatisfied'", "回访不满意数", "of these, not satisfied"),
    Measure(
        "call_missed",
        Day.CALLED,
        "t.call_result IN ('unreached', 'unreachable')",
        "回访未接通数",
        "reporters not reached",
    ),
)
