"""The statements about sums and counts over areas and days, as texts to be filled in."""

from backend.indicators.counting.rollups import case_columns

AREAS = """asked AS (SELECT unnest(:areas::text[]) COLLATE "C" AS area),
    found AS (
        SELECT area, (SELECT min(area_code)::text FROM indicator_month
            WHERE area_code >= area AND area_code < area || ':') COLLATE "C" AS code
        FROM asked
        UNION ALL
        SELECT area, (SELECT min(area_code)::text FROM indicator_month
            WHERE area_code > code AND area_code < area || ':') COLLATE "C"
        FROM found WHERE code IS NOT NULL
    ),
    ranges AS (
        SELECT unnest(:spans::text[]) AS span, unnest(:firsts::date[]) AS first, unnest(:lasts::date[]) AS last
    )"""
"""Each area with the codes within it that anything was counted of, by leaps over the index of months; and the period
as ranges, since a condition on several of them at once would use no index. What is read of each area and range is
fenced by OFFSET 0: by its index, however many rows the planner expects."""
COUNTED_AREAS = f"WITH RECURSIVE {AREAS} SELECT DISTINCT code FROM found WHERE code IS NOT NULL ORDER BY 1"
HELD_SUMS = f"""
    WITH RECURSIVE {AREAS}
    SELECT {{subject}} AS subject, m.dimension, m.value, {{summed}}
    FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
        SELECT * FROM indicator_marginal m WHERE m.area_code = f.code AND m.span = r.span
            AND m.dimension = ANY(:dimensions::text[]) AND m.first_day BETWEEN r.first AND r.last OFFSET 0
    ) m
    WHERE f.code IS NOT NULL GROUP BY 1, 2, 3
"""
ADDED_SUMS = f"""
    WITH RECURSIVE {AREAS},
    part AS ({{parts}}),
    summed AS (
        SELECT subject, item_code, source_kind, priority, {{summed}} FROM part
        WHERE subject IS NOT NULL GROUP BY 1, 2, 3, 4
    )
    SELECT subject, {{grouped}} AS grouped, {{columns}} {{again}} FROM (SELECT *, {{named}} FROM summed) named
    GROUP BY GROUPING SETS ({{sets}})
"""
ONLY = "{only}"
"""Where a statement takes in a condition on contributions of orders."""
_READ = "SELECT {subject} AS subject, m.item_code, m.source_kind, m.priority, {read}"
FROM_MONTHS = f"""
        {_READ} FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
            SELECT * FROM indicator_month m WHERE m.area_code = f.code AND m.month BETWEEN r.first AND r.last OFFSET 0
        ) m
        WHERE f.code IS NOT NULL AND r.span = 'month'
"""
FROM_ORDERS = f"""
        {_READ} FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
            SELECT * FROM order_contribution m
            WHERE m.area_code = f.code AND m.day BETWEEN r.first AND r.last AND {{{{only}}}} OFFSET 0
        ) m
        WHERE f.code IS NOT NULL AND r.span = 'day'
"""
FROM_ACTIVITIES = f"""
        {_READ} FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
            SELECT * FROM activity_contribution m
            WHERE m.area_code = f.code AND m.day BETWEEN r.first AND r.last OFFSET 0
        ) m
        WHERE f.code IS NOT NULL AND r.span = 'day'
"""
HELD_COUNTS = f"""
    WITH RECURSIVE {AREAS},
    summed AS (
        SELECT f.area AS subject, m.dimension, m.value, m.duration, m.bucket, sum(m.cases)::int AS cases
        FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
            SELECT * FROM indicator_spread m WHERE m.area_code = f.code AND m.dimension = ANY(:dimensions::text[])
                AND m.month BETWEEN r.first AND r.last OFFSET 0
        ) m
        WHERE f.code IS NOT NULL AND m.duration = ANY(:durations::text[]) GROUP BY 1, 2, 3, 4, 5
    )
    SELECT subject, dimension, value, duration, array_agg(bucket) AS buckets, array_agg(cases) AS cases
    FROM summed WHERE cases <> 0 GROUP BY 1, 2, 3, 4
"""
ADDED_COUNTS = f"""
    WITH RECURSIVE {AREAS},
    part AS (
        SELECT {{subject}} AS subject, m.item_code, m.source_kind, m.priority, held.duration, held.bucket
        FROM found f CROSS JOIN ranges r CROSS JOIN LATERAL (
            SELECT * FROM order_contribution m
            WHERE m.area_code = f.code AND m.day BETWEEN r.first AND r.last OFFSET 0
        ) m
        CROSS JOIN LATERAL (VALUES {case_columns("m.")}) held (duration, number, bucket)
        WHERE f.code IS NOT NULL AND held.number = 1 AND held.duration = ANY(:durations::text[])
    ),
    counted AS (
        SELECT subject, {{grouped}} AS grouped, {{columns}} duration, bucket, count(*)::int AS cases
        FROM (SELECT *, {{named}} FROM part) named WHERE subject IS NOT NULL GROUP BY GROUPING SETS ({{sets}})
    )
    SELECT subject, grouped, {{columns}} duration, array_agg(bucket) AS buckets, array_agg(cases) AS cases
    FROM counted GROUP BY subject, grouped, {{columns}} duration
"""
