"""What the order of a booked waste pickup adds, on the day that was booked. What its shop gave back is none."""

from backend.indicators.measures.kinds import Measure
from backend.indicators.measures.kinds import MeasureDay as Day

_NOT_WITHDRAWN = "t.is_valid OR t.pickup_state IN ('missed', 'refused')"

PICKUP_MEASURES: tuple[Measure, ...] = (
    Measure("pickups_booked", Day.OPENED, "t.pickup_state IS NOT NULL", "清运预约数", "waste pickups booked"),
    Measure(
        "pickups_due", Day.PICKUP, _NOT_WITHDRAWN, "应清运数", "pickups of that day that the shop did not give back"
    ),
    Measure(
        "pickups_on_time",
        Day.PICKUP,
        "t.is_valid AND t.arrived_at <= t.pickup_ends_at",
        "准时到场清运数",
        "of these, with a crew there before the slot ended",
    ),
    Measure("pickups_collected", Day.PICKUP, "t.is_valid AND t.done_on IS NOT NULL", "已清运数", "of these, fetched"),
    Measure(
        "pickups_confirmed",
        Day.PICKUP,
        "t.is_valid AND t.closed_on IS NOT NULL",
        "商户已确认清运数",
        "of these, confirmed by the shop, or by its silence of a day",
    ),
    Measure("pickups_missed", Day.PICKUP, "t.pickup_state = 'missed'", "清运未到数", "of these, nobody came"),
    Measure(
        "pickups_refused", Day.PICKUP, "t.pickup_state = 'refused'", "到场未收数", "of these, the crew took nothing"
    ),
)
