"""The one statement that counts orders: anew from the truth, held against what was counted, the difference written.

Everything depends on rows of orders, hotline cases and bookings alone, and on no clock: counted twice it is the same.
It must run under the lock of counting (lock.py): two that count one order at once would both add its difference.
"""

from backend.indicators.counting import values
from backend.indicators.counting.differences import Contributions, write_difference
from backend.indicators.counting.recurrence import RECURRED_AFTER
from backend.indicators.counting.rollups import counts_something
from backend.indicators.measures import ORDER_CODES, MeasureDay
from backend.orders.deadlines.outcomes import IS_ON_TIME, TOOK_MIN
from backend.orders.model.sources import BOOKED, UNREPORTED_SQL
from backend.orders.model.states import State, Transition
from backend.sql import Sql, sql

_WRITTEN = Contributions("order_contribution", "order_id", ("order_id", "day", *values.DIMENSIONS), ORDER_CODES, True)
_OWN = ", ".join(f"t.{name}" for name in values.DIMENSIONS)
_STEPS = f"""
    SELECT s.order_id, s.move, s.actor_role, s.actor_id, {values.day_of("s.at")} AS day,
        CASE WHEN s.move = '{Transition.RETURN}' THEN (s.detail ->> 'from_unit')::bigint END AS from_unit
    FROM order_step s
    WHERE {{of_steps}} AND s.move IN ({values.counted_moves()})
"""
# What hangs on an order is fenced by OFFSET 0: looked up by its index, however many orders the planner expects.
_TRUTH = f"""
    SELECT o.id AS order_id, o.area_code, o.unit_id, o.handler_id AS person_id, o.item_id AS item_code, o.source_kind,
        o.priority, o.place_id IS NOT NULL AS has_place,
        coalesce((SELECT p.road_name FROM place p WHERE p.id = o.place_id), '') AS road,
        o.state = '{State.CANCELLED}' AS is_cancelled, o.state = '{State.MERGED}' AS is_merged,
        o.state NOT IN ('{State.CANCELLED}', '{State.MERGED}') AS is_valid,
        o.state = '{State.SUSPENDED}' AS is_suspended,
        o.source_kind NOT IN ({UNREPORTED_SQL}) AS is_reported, coalesce(s.actor_role, '') AS opened_as,
        o.hop_count, o.rework_count, o.reopen_count, o.rating, o.grabbed_at IS NOT NULL AS is_grabbed,
        o.respond_by, o.accepted_at, o.arrive_by, o.arrived_at, coalesce({IS_ON_TIME}, false) AS is_on_time,
        {values.minutes_until("o.accepted_at")} AS accept_minutes,
        {values.minutes_until("o.arrived_at")} AS arrive_minutes,
        {values.whole(TOOK_MIN)} AS handling_minutes, {values.minutes_until("o.closed_at")} AS closing_minutes,
        {RECURRED_AFTER} AS recurred_after, f.result AS call_result, slot.state AS pickup_state,
        slot.ends_at AS pickup_ends_at, {values.days_of_truth()}
    FROM work_order o
    LEFT JOIN LATERAL (
        SELECT listed_at, called_at, result FROM follow_up WHERE order_id = o.id OFFSET 0
    ) f ON true
    LEFT JOIN LATERAL (
        SELECT b.state, s.starts_at, s.ends_at FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id
        WHERE b.order_id = o.id AND o.source_kind = '{BOOKED}' OFFSET 0
    ) slot ON true
    LEFT JOIN (SELECT order_id, max(actor_role) AS actor_role FROM steps WHERE move = '{Transition.OPEN}' GROUP BY 1) s
        ON s.order_id = o.id
    WHERE {{of_orders}}
"""
_ACTS = f"""
    SELECT order_id, day, {values.act_columns()} FROM steps
    WHERE move NOT IN ('{Transition.OPEN}', '{Transition.RETURN}') GROUP BY 1, 2
"""
# What the last call that reached the citizen said is what the citizen says.
_CASES = f"""
    SELECT order_id, day, {values.case_sums()} FROM (
        SELECT k.order_id, {values.day_of("k.received_at")} AS day, {values.case_columns(MeasureDay.CASE_RECEIVED)}
        FROM hotline_task k WHERE {{of_cases}}
        UNION ALL
        SELECT k.order_id, {values.day_of("k.due_at")}, {values.case_columns(MeasureDay.CASE_DUE)}
        FROM hotline_task k JOIN work_order o ON o.id = k.order_id WHERE {{of_cases}}
        UNION ALL
        SELECT k.order_id, {values.day_of("k.called_at")}, {values.case_columns(MeasureDay.CASE_CALLED)}
        FROM (
            SELECT DISTINCT ON (k.id) k.order_id, b.called_at, b.is_solved, b.is_satisfied
            FROM hotline_task k JOIN hotline_call_back b ON b.task_id = k.id
            WHERE {{of_cases}} AND b.is_reached AND b.is_solved IS NOT NULL ORDER BY k.id, b.called_at DESC, b.id DESC
        ) k
    ) rows_of_cases GROUP BY 1, 2
"""
_DAYS = f"""
    SELECT DISTINCT t.order_id, day FROM truth t, unnest(ARRAY[{values.list_of_days()}]) AS day WHERE day IS NOT NULL
    UNION SELECT order_id, day FROM acts
    UNION SELECT order_id, day FROM cases
"""
_FRESH = f"""
    SELECT * FROM (
        SELECT t.order_id, d.day, {_OWN}, {values.fresh_columns()}
        FROM days d JOIN truth t ON t.order_id = d.order_id
        LEFT JOIN acts a ON a.order_id = d.order_id AND a.day = d.day
        LEFT JOIN cases c ON c.order_id = d.order_id AND c.day = d.day
    ) counted WHERE {counts_something(ORDER_CODES)}
    UNION ALL
    SELECT t.order_id, s.day, t.area_code, coalesce(s.from_unit, t.unit_id), s.actor_id, t.item_code, t.source_kind,
        t.priority, t.road, {values.own_columns()}
    FROM steps s JOIN truth t ON t.order_id = s.order_id
    WHERE s.move = '{Transition.RETURN}' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""
_CTES = f"""
    WITH steps AS MATERIALIZED ({_STEPS}),
    truth AS MATERIALIZED ({_TRUTH}),
    acts AS MATERIALIZED ({_ACTS}),
    cases AS MATERIALIZED ({_CASES}),
    days AS ({_DAYS}),"""


def _counting(which: dict[str, str], *, with_sums: bool) -> str:
    differing = write_difference(_WRITTEN, _FRESH, which["of_stored"], with_sums=with_sums)
    return _CTES.format(**which) + differing


_ORDER_OF = {"of_steps": "s.order_id", "of_orders": "o.id", "of_cases": "k.order_id", "of_stored": "order_id"}
_OF_IDS = _counting({name: f"{column} = ANY(:ids::bigint[])" for name, column in _ORDER_OF.items()}, with_sums=True)
_RANGE = {name: f"{column} BETWEEN :first AND :last" for name, column in _ORDER_OF.items()}
_OF_RANGE = {with_sums: _counting(_RANGE, with_sums=with_sums) for with_sums in (True, False)}


def of_ids(order_ids: list[int]) -> Sql:
    """Count these orders. Its value is the ids of those that were counted otherwise before, or null."""
    return sql(_OF_IDS, ids=order_ids)


def of_range(first_id: int, last_id: int, *, with_sums: bool = True) -> Sql:
    """The same of all orders from one id to another. Without sums these are to be filled anew afterwards."""
    return sql(_OF_RANGE[with_sums], first=first_id, last=last_id)
