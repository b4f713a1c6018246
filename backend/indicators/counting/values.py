"""The measures as columns of SQL: what an order adds on a day, by its truth `t`, acts `a` and cases `c`. Pure."""

from collections.abc import Iterable, Sequence

from backend.indicators.measures import OF_CASES, OF_ORDERS, OF_TRUTH, Measure, MeasureDay
from backend.indicators.measures.percentiles import MINUTES_MOST
from backend.orders.deadlines.outcomes import DONE_AT
from backend.orders.model.states import Transition

DIMENSIONS = ("area_code", "unit_id", "person_id", "item_code", "source_kind", "priority", "road")
ACTS = [measure for measure in OF_ORDERS if measure.day is MeasureDay.ACT]
OWN_ACT = "returns"
"""The act that is its actor's, and the unit's that gave the order back; all others are of whoever has it now."""
CASES = [measure for measure in OF_ORDERS if measure.day in OF_CASES]
_AT = {
    MeasureDay.OPENED: "o.opened_at",
    MeasureDay.RESPOND_DUE: "o.respond_by",
    MeasureDay.ACCEPTED: "o.accepted_at",
    MeasureDay.ARRIVE_DUE: "o.arrive_by",
    MeasureDay.ARRIVED: "o.arrived_at",
    MeasureDay.DUE: "o.resolve_by",
    MeasureDay.DONE: DONE_AT,
    MeasureDay.CLOSED: "o.closed_at",
    MeasureDay.CANCELLED: "o.cancelled_at",
    MeasureDay.LISTED: "f.listed_at",
    MeasureDay.CALLED: "f.called_at",
    MeasureDay.PICKUP: "slot.starts_at",
}


def day_of(instant: str) -> str:
    return f"({instant} AT TIME ZONE 'Asia/Shanghai')::date"


def minutes_until(instant: str) -> str:
    """Whole minutes from the opening."""
    return whole(f"extract(epoch FROM {instant} - o.opened_at) / 60")


def whole(minutes: str) -> str:
    return f"least(greatest(round({minutes}), 0), {MINUTES_MOST})::int"


def days_of_truth() -> str:
    """Each day of an order under its name, such as `closed_on`."""
    return ", ".join(f"{day_of(_AT[day])} AS {day}_on" for day in OF_TRUTH)


def list_of_days(days: Iterable[MeasureDay] = OF_TRUTH) -> str:
    return ", ".join(f"t.{day}_on" for day in days)


def counted_moves() -> str:
    """The moves of steps that say something, as a list of SQL."""
    moves = {Transition.OPEN, *(move for measure in ACTS for move in measure.moves)}
    return ", ".join(f"'{move}'" for move in sorted(moves))


def act_columns() -> str:
    """How often each act was made, over rows of steps."""
    return ", ".join(
        f"count(*) FILTER (WHERE move IN ({_moves_of(measure)}))::int AS {measure.code}"
        for measure in ACTS
        if measure.code != OWN_ACT
    )


def _moves_of(measure: Measure) -> str:
    return ", ".join(f"'{move}'" for move in measure.moves)


def case_columns(day: MeasureDay) -> str:
    """What a case adds on this day of its, nought for the measures of other days."""
    return ", ".join(f"{each.what if each.day is day else '0'} AS {each.code}" for each in CASES)


def case_sums() -> str:
    return ", ".join(f"sum({each.code})::int AS {each.code}" for each in CASES)


def fresh_columns(measures: Sequence[Measure] = OF_ORDERS) -> str:
    """Each measure of `t` on `d.day`, null for nought."""
    return ", ".join(f"{_value(each)} AS {each.code}" for each in measures)


def own_columns() -> str:
    """The same of the rows that count the act of their own alone."""
    return ", ".join("count(*)::int" if each.code == OWN_ACT else "NULL::int" for each in OF_ORDERS)


def _value(measure: Measure) -> str:
    if measure.day is MeasureDay.ACT:
        return "NULL::int" if measure.code == OWN_ACT else f"NULLIF(a.{measure.code}, 0)"
    if measure.day in OF_CASES:
        return f"NULLIF(c.{measure.code}, 0)"
    on_day = f"d.day = t.{measure.day}_on"
    if measure.is_amount:
        return f"CASE WHEN {on_day} AND t.is_valid THEN NULLIF({measure.what}, 0) END"
    return f"CASE WHEN {on_day} AND ({measure.what}) THEN 1 END"
