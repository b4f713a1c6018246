"""The one statement that counts orders: anew from the truth, held against what was counted, the difference written.

Everything depends on rows of orders and hotline cases alone, and on no clock: counted twice it is the same. It must run
under the lock of counting (lock.py): two that count one order at once would both add its difference.
"""

from backend.indicators.counting import values
from backend.indicators.measures import CODES, MeasureDay
from backend.orders.deadlines.outcomes import IS_ON_TIME, TOOK_MIN
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import State, Transition
from backend.sql import Sql, sql

_MEASURES = ", ".join(CODES)
_OWN = ", ".join(f"t.{name}" for name in values.DIMENSIONS)
_COLUMNS = f"order_id, day, {', '.join(values.DIMENSIONS)}, {_MEASURES}"
_CELL = "area_code, month, item_code, source_kind, priority"
_SUMS = ", ".join(f"NULLIF(sum(sign * {code}), 0)::int AS {code}" for code in CODES)
_ADDED = ", ".join(f"{code} = NULLIF(coalesce(m.{code}, 0) + coalesce(excluded.{code}, 0), 0)" for code in CODES)
_STEPS = f"""
    SELECT s.order_id, s.move, s.actor_role, s.actor_id, {values.day_of("s.at")} AS day,
        CASE WHEN s.move = '{Transition.RETURN}' THEN (s.detail ->> 'from_unit')::bigint END AS from_unit
    FROM order_step s
    WHERE {{of_steps}} AND s.move IN ({values.counted_moves()})
"""
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
        f.result AS call_result, {values.days_of_truth()}
    FROM work_order o
    LEFT JOIN follow_up f ON f.order_id = o.id
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
    ) counted WHERE num_nonnulls({_MEASURES}) > 0
    UNION ALL
    SELECT t.order_id, s.day, t.area_code, coalesce(s.from_unit, t.unit_id), s.actor_id, t.item_code, t.source_kind,
        t.priority, t.road, {values.own_columns()}
    FROM steps s JOIN truth t ON t.order_id = s.order_id
    WHERE s.move = '{Transition.RETURN}' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
"""
_COUNT = f"""
    WITH steps AS MATERIALIZED ({_STEPS}),
    truth AS MATERIALIZED ({_TRUTH}),
    acts AS MATERIALIZED ({_ACTS}),
    cases AS MATERIALIZED ({_CASES}),
    days AS ({_DAYS}),
    fresh AS MATERIALIZED ({_FRESH}),
    stored AS MATERIALIZED (SELECT {_COLUMNS} FROM order_contribution WHERE {{of_stored}}),
    come AS MATERIALIZED (SELECT {_COLUMNS} FROM fresh EXCEPT ALL SELECT {_COLUMNS} FROM stored),
    gone AS MATERIALIZED (SELECT {_COLUMNS} FROM stored EXCEPT ALL SELECT {_COLUMNS} FROM fresh),
    changed AS MATERIALIZED (SELECT order_id FROM come UNION SELECT order_id FROM gone),
    removed AS (DELETE FROM order_contribution WHERE order_id IN (SELECT order_id FROM changed)),
    added AS (
        INSERT INTO order_contribution ({_COLUMNS})
        SELECT {_COLUMNS} FROM fresh WHERE order_id IN (SELECT order_id FROM changed)
    ),
    summed AS (
        INSERT INTO indicator_month AS m ({_CELL}, {_MEASURES})
        SELECT area_code, date_trunc('month', day)::date, item_code, source_kind, priority, {_SUMS}
        FROM (SELECT 1 AS sign, come.* FROM come UNION ALL SELECT -1, gone.* FROM gone) moved
        GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT ON CONSTRAINT indicator_month_once DO UPDATE SET {_ADDED}
    )
    SELECT array_agg(order_id ORDER BY order_id) FROM changed
"""
_ORDER_OF = {"of_steps": "s.order_id", "of_orders": "o.id", "of_cases": "k.order_id", "of_stored": "order_id"}
_OF_IDS = _COUNT.format(**{name: f"{column} = ANY(:ids::bigint[])" for name, column in _ORDER_OF.items()})
_OF_RANGE = _COUNT.format(**{name: f"{column} BETWEEN :first AND :last" for name, column in _ORDER_OF.items()})


def of_ids(order_ids: list[int]) -> Sql:
    """Count these orders. Its value is the ids of those that were counted otherwise before, or null."""
    return sql(_OF_IDS, ids=order_ids)


def of_range(first_id: int, last_id: int) -> Sql:
    """The same of all orders from one id to another."""
    return sql(_OF_RANGE, first=first_id, last=last_id)
