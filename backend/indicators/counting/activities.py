"""The statements that count patrols, inspections of shops and their findings, like that of orders (statement.py)."""

from backend.indicators.counting import values
from backend.indicators.counting.differences import Contributions, write_difference
from backend.indicators.counting.rollups import counts_something
from backend.indicators.measures import DAYS_OF, OF_ACTIVITY, ActivityKind
from backend.sql import Sql, sql

_NAMED = ("kind", "subject_id", "day", *values.DIMENSIONS)
_PLAIN = "'' AS source_kind, '' AS priority, '' AS road, true AS is_valid"
_PATROLS = f"""
    SELECT p.id AS subject_id, p.committee_code AS area_code, NULL::bigint AS unit_id, p.walker_id AS person_id,
        coalesce(m.item_id, '') AS item_code, {_PLAIN}, p.state, s.stops, s.proved, s.missed, s.findings,
        {values.whole("extract(epoch FROM p.finished_at - p.claimed_at) / 60")} AS walk_minutes,
        p.due_on AS patrol_on
    FROM patrol_task p JOIN patrol_route r ON r.id = p.route_id JOIN task_template m ON m.id = r.template_id
    JOIN LATERAL (
        SELECT count(*)::int AS stops, count(proved_at)::int AS proved,
            (count(*) FILTER (WHERE is_missed))::int AS missed,
            (SELECT count(*)::int FROM patrol_finding f JOIN patrol_stop of_task ON of_task.id = f.stop_id
                WHERE of_task.task_id = p.id) AS findings
        FROM patrol_stop WHERE task_id = p.id
    ) s ON true
    WHERE {{of_subjects}}
"""
# What a phone sent later happened when it says, if that was lately.
_INSPECTIONS = f"""
    SELECT i.id AS subject_id, p.area_id AS area_code, NULL::bigint AS unit_id, i.inspector_id AS person_id,
        '' AS item_code, {_PLAIN}, i.score::int AS score,
        (SELECT count(*) FROM inspection_finding f WHERE f.inspection_id = i.id AND f.state <> 'struck') AS findings,
        {
    values.day_of('''CASE WHEN i.captured_at BETWEEN i.received_at - interval '7 days' AND i.received_at
            THEN i.captured_at ELSE i.received_at END''')
} AS inspected_on
    FROM inspection i JOIN shop ON shop.id = i.shop_id JOIN place p ON p.id = shop.place_id WHERE {{of_subjects}}
"""
# A finding that was struck out, or whose appeal waits, is due on no day.
_FINDINGS = f"""
    SELECT f.id AS subject_id, p.area_id AS area_code, NULL::bigint AS unit_id, i.inspector_id AS person_id,
        '' AS item_code, {_PLAIN}, f.state, f.is_p0, f.repeat_of_id IS NOT NULL AS is_repeat, f.due_at,
        (SELECT max(s.at) FROM finding_step s WHERE s.finding_id = f.id AND s.move = 'answer') AS answered_at,
        {values.whole("extract(epoch FROM f.fixed_at - f.found_at) / 60")} AS fix_minutes,
        {values.day_of("f.found_at")} AS found_on,
        CASE WHEN f.state NOT IN ('struck', 'appealed') THEN {values.day_of("f.due_at")} END AS rectify_due_on,
        {values.day_of("f.fixed_at")} AS fixed_on
    FROM inspection_finding f JOIN inspection i ON i.id = f.inspection_id JOIN shop ON shop.id = f.shop_id
    JOIN place p ON p.id = shop.place_id WHERE {{of_subjects}}
"""
_TRUTHS = {
    ActivityKind.PATROL: (_PATROLS, "p.id"),
    ActivityKind.INSPECTION: (_INSPECTIONS, "i.id"),
    ActivityKind.FINDING: (_FINDINGS, "f.id"),
}
NEXT = {
    ActivityKind.PATROL: """
        SELECT min(id), max(id), count(*) FROM (SELECT id FROM patrol_task WHERE id > $1 ORDER BY id LIMIT $2) piece
    """,
    ActivityKind.INSPECTION: """
        SELECT min(id), max(id), count(*) FROM (SELECT id FROM inspection WHERE id > $1 ORDER BY id LIMIT $2) piece
    """,
    ActivityKind.FINDING: """
        SELECT min(id), max(id), count(*)
        FROM (SELECT id FROM inspection_finding WHERE id > $1 ORDER BY id LIMIT $2) piece
    """,
}
"""The next so many after an id: from which id to which."""


def _counting(kind: ActivityKind, which: str, *, with_sums: bool) -> str:
    truth, subject = _TRUTHS[kind]
    measures = OF_ACTIVITY[kind]
    codes = [measure.code for measure in measures]
    own = ", ".join(f"t.{name}" for name in values.DIMENSIONS)
    fresh = f"""
    SELECT * FROM (
        SELECT '{kind}' AS kind, t.subject_id, d.day, {own}, {values.fresh_columns(measures)}
        FROM truth t, LATERAL (SELECT DISTINCT day FROM unnest(ARRAY[{values.list_of_days(DAYS_OF[kind])}]) AS day) d
        WHERE d.day IS NOT NULL
    ) counted WHERE {counts_something(codes)}"""
    written = Contributions("activity_contribution", "subject_id", _NAMED, codes)
    of_stored = f"kind = '{kind}' AND {which.format('subject_id')}"
    truth = truth.format(of_subjects=which.format(subject))
    return f"WITH truth AS MATERIALIZED ({truth}),{write_difference(written, fresh, of_stored, with_sums=with_sums)}"


_OF_IDS = {kind: _counting(kind, "{0} = ANY(:ids::bigint[])", with_sums=True) for kind in ActivityKind}
_OF_RANGE = {
    (kind, with_sums): _counting(kind, "{0} BETWEEN :first AND :last", with_sums=with_sums)
    for kind in ActivityKind
    for with_sums in (True, False)
}


def of_ids(kind: ActivityKind, subject_ids: list[int]) -> Sql:
    """Count these. Its value is the ids of those that were counted otherwise before, or null."""
    return sql(_OF_IDS[kind], ids=subject_ids)


def of_range(kind: ActivityKind, first_id: int, last_id: int, *, with_sums: bool = True) -> Sql:
    """The same of all of a kind from one id to another. Without sums these are to be filled anew afterwards."""
    return sql(_OF_RANGE[kind, with_sums], first=first_id, last=last_id)
