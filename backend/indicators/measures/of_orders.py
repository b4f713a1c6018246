"""What an order adds on the day on which it was opened: what it is, who found it, whether it came again."""

from backend.indicators.measures.kinds import Measure
from backend.indicators.measures.kinds import MeasureDay as Day

_FOUND = "t.is_reported AND t.source_kind = 'report'"
RECURRENCE_DAYS = (7, 30, 90)


def _recurred(days: int) -> Measure:
    what = f"t.is_reported AND t.is_valid AND t.recurred_after <= interval '{days} days'"
    zh, en = f"{days}日内同址同事项再次立案数", f"filed where the same item was filed within {days} days before"
    return Measure(f"recurred_{days}d", Day.OPENED, what, zh, en)


OPENING_MEASURES: tuple[Measure, ...] = (
    Measure(
        "opened", Day.OPENED, "true", "立单数(含协办、根因、预约)", "all orders opened, sub-orders and bookings too"
    ),
    Measure("reported", Day.OPENED, "t.is_reported", "上报数", "orders that somebody or something reported"),
    Measure(
        "filed", Day.OPENED, "t.is_reported AND t.is_valid", "立案数", "reported, and neither cancelled nor merged"
    ),
    Measure(
        "rejected", Day.OPENED, "t.is_reported AND t.is_cancelled", "上报后作废数", "reported, and cancelled since"
    ),
    Measure("merged", Day.OPENED, "t.is_reported AND t.is_merged", "上报后并案数", "reported, and merged since"),
    Measure(
        "without_place",
        Day.OPENED,
        "t.is_reported AND t.is_valid AND NOT t.has_place",
        "无门牌地点数",
        "filed at a point without a place of the register",
    ),
    Measure(
        "found_by_inspector",
        Day.OPENED,
        f"{_FOUND} AND t.opened_as IN ('inspector', 'committee')",
        "巡查自发现数",
        "reported by inspectors and committees",
    ),
    Measure(
        "found_by_resident",
        Day.OPENED,
        f"{_FOUND} AND t.opened_as NOT IN ('inspector', 'committee')",
        "公众上报数",
        "reported by residents, volunteers and shops",
    ),
    Measure(
        "found_by_device",
        Day.OPENED,
        "t.is_reported AND t.source_kind IN ('sensors', 'cameras')",
        "感知发现数",
        "reported by sensors and cameras",
    ),
    Measure(
        "found_by_platform",
        Day.OPENED,
        "t.is_reported AND t.source_kind IN ('hotline', 'police', 'system', 'open311')",
        "平台转入数",
        "handed over by 12345, 110 and other systems",
    ),
    Measure(
        "sub_orders", Day.OPENED, "t.source_kind = 'co_handling'", "协办单数", "orders by which a unit helps another"
    ),
    Measure(
        "root_causes", Day.OPENED, "t.source_kind = 'root_cause'", "根因单数", "orders for what recurs at one place"
    ),
    Measure(
        "dispatched",
        Day.OPENED,
        "t.is_valid AND (t.unit_id IS NOT NULL OR t.hop_count > 0)",
        "派遣数",
        "orders for which a unit was found",
    ),
    Measure(
        "returned_once", Day.OPENED, "t.is_valid AND t.hop_count > 0", "被退单的工单数", "orders returned at least once"
    ),
    Measure(
        "returned_twice",
        Day.OPENED,
        "t.is_valid AND t.hop_count > 1",
        "屡次退单的工单数",
        "orders returned twice or more",
    ),
    Measure(
        "grabbed", Day.OPENED, "t.is_valid AND t.is_grabbed", "抢单数", "orders that somebody took out of the pool"
    ),
)
RECURRENCE_MEASURES = tuple(_recurred(days) for days in RECURRENCE_DAYS)
