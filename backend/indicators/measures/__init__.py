"""The base measures: what an order, patrol, inspection or finding adds on which day, and percentiles of times."""

from backend.indicators.measures.kinds import DAYS_OF, OF_CASES, OF_TRUTH, ActivityKind, Measure, MeasureDay
from backend.indicators.measures.of_activities import FINDING_MEASURES, INSPECTION_MEASURES, PATROL_MEASURES
from backend.indicators.measures.of_acts import ACT_MEASURES, CASE_MEASURES
from backend.indicators.measures.of_handling import HANDLING_MEASURES
from backend.indicators.measures.of_orders import OPENING_MEASURES, RECURRENCE_MEASURES
from backend.indicators.measures.of_pickups import PICKUP_MEASURES

__all__ = [
    "ACTIVITY_CODES",
    "BY_CODE",
    "CODES",
    "DAYS_OF",
    "MEASURES",
    "OF_ACTIVITY",
    "OF_CASES",
    "OF_ORDERS",
    "OF_TRUTH",
    "ORDER_CODES",
    "ActivityKind",
    "Measure",
    "MeasureDay",
]

OF_ORDERS: tuple[Measure, ...] = (
    *(*OPENING_MEASURES, *HANDLING_MEASURES, *ACT_MEASURES, *CASE_MEASURES),
    *(*RECURRENCE_MEASURES, *PICKUP_MEASURES),
)
"""In the order of the columns. A measure that is added is a column more of the tables: a migration."""
OF_ACTIVITY: dict[ActivityKind, tuple[Measure, ...]] = {
    ActivityKind.PATROL: PATROL_MEASURES,
    ActivityKind.INSPECTION: INSPECTION_MEASURES,
    ActivityKind.FINDING: FINDING_MEASURES,
}
MEASURES: tuple[Measure, ...] = (*OF_ORDERS, *(measure for of_kind in OF_ACTIVITY.values() for measure in of_kind))
BY_CODE: dict[str, Measure] = {measure.code: measure for measure in MEASURES}
CODES: tuple[str, ...] = tuple(BY_CODE)
ORDER_CODES: tuple[str, ...] = tuple(measure.code for measure in OF_ORDERS)
ACTIVITY_CODES: tuple[str, ...] = CODES[len(ORDER_CODES) :]
