"""Sums of contributions as SQL: of a month by cell, of days, pentads and months along one dimension, times by bucket.

What is summed are rows named by area_code, day, item_code, source_kind and priority, with a column for each measure;
what was counted before and counts no more is among them with its sign turned. A pentad (候) is five days of a month,
the last one what is left of it: so months are made of whole pentads. Pure.
"""

from collections.abc import Sequence

from backend.indicators.measures import BY_CODE, CODES, ORDER_CODES
from backend.indicators.measures.percentiles import MEASURED_BY, bucket_sql

MONTH_KEY = ("area_code", "month", "item_code", "source_kind", "priority")
MARGINAL_KEY = ("area_code", "span", "dimension", "first_day", "value")
SPREAD_KEY = ("area_code", "dimension", "month", "value", "duration", "bucket")
_MONTH = "date_trunc('month', day)::date"
_PENTAD = f"({_MONTH} + 5 * least((extract(day FROM day)::int - 1) / 5, 5))"
ALONG = {"item1": "left(item_code, 1)", "item2": "left(item_code, 2)", "priority": "priority", "source": "source_kind"}
"""Along which dimensions sums are held one at a time, beside those of everything: what shipped indicators ask for."""
_ALONG = ", ".join(ALONG)


def column_type(code: str) -> str:
    """Minutes of many orders are more than four bytes hold: each may carry years."""
    return "bigint" if BY_CODE[code].is_minutes else "int"


def sums_of(codes: Sequence[str]) -> str:
    """Each measure summed, null for nought."""
    return ", ".join(f"NULLIF(sum({code}), 0)::{column_type(code)} AS {code}" for code in codes)


def counts_something(codes: Sequence[str]) -> str:
    """Whether a row says anything: a function would take a hundred values at most."""
    return f"coalesce({', '.join(codes)}) IS NOT NULL"


def month_rows(source: str, codes: Sequence[str]) -> str:
    """The columns of MONTH_KEY, and the measures."""
    return f"""
        SELECT area_code, {_MONTH} AS month, item_code, source_kind, priority, {sums_of(codes)}
        FROM {source} GROUP BY 1, 2, 3, 4, 5
    """


def pentad_rows(source: str, codes: Sequence[str]) -> str:
    """Of each pentad all together, and along one dimension at a time."""
    named = ", ".join(f"{column} AS {name}" for name, column in ALONG.items() if column != name)
    return f"""
        SELECT area_code, pentad, {_dimension()} AS dimension, coalesce({_ALONG}, '') AS value, {sums_of(codes)}
        FROM (SELECT *, {_PENTAD} AS pentad, {named} FROM {source}) named
        GROUP BY GROUPING SETS ((area_code, pentad), {", ".join(f"(area_code, pentad, {name})" for name in ALONG)})
        HAVING {_is_whole()} OR coalesce({_ALONG}, '') <> ''
    """


def marginal_rows(source: str, pentads: str, codes: Sequence[str]) -> str:
    """Out of contributions, and what `pentad_rows` made of them: the columns of MARGINAL_KEY, and the measures.

    A day has the sum of all together alone: along dimensions it would have more rows than most areas have orders.
    """
    return f"""
        SELECT area_code, 'day' AS span, '' AS dimension, day AS first_day, '' AS value, {sums_of(codes)}
        FROM {source} GROUP BY area_code, day
        UNION ALL
        SELECT area_code, 'pentad', dimension, pentad, value, {", ".join(codes)} FROM {pentads}
        UNION ALL
        SELECT area_code, 'month', dimension, date_trunc('month', pentad)::date AS month, value, {sums_of(codes)}
        FROM {pentads} GROUP BY area_code, dimension, month, value
    """


def _dimension() -> str:
    """What `grouping` says of a row, as the name of its dimension: a bit for each column that it tells not apart."""
    whole = 2 ** len(ALONG) - 1
    named = " ".join(f"WHEN {whole - 2 ** (len(ALONG) - 1 - place)} THEN '{name}'" for place, name in enumerate(ALONG))
    return f"CASE grouping({_ALONG}) WHEN {whole} THEN '' {named} END"


def _is_whole() -> str:
    return f"grouping({_ALONG}) = {2 ** len(ALONG) - 1}"


def case_columns(prefix: str = "") -> str:
    """Of each duration its name, how many cases a contribution has, and their bucket, as rows of VALUES."""
    return ", ".join(
        f"('{duration}', {prefix}{by.cases}, {bucket_sql(f'abs(coalesce({prefix}{by.minutes}, 0))')})"
        for duration, by in MEASURED_BY.items()
    )


def spread_rows(source: str) -> str:
    """The columns of SPREAD_KEY, and how many cases: contributions of orders, which have one of a duration at most."""
    named = ", ".join(f"('{name}', {column})" for name, column in ALONG.items())
    return f"""
        SELECT area_code, dimension, {_MONTH} AS month, value, duration, bucket,
            sum(number)::int AS cases
        FROM {source}, LATERAL (VALUES {case_columns()}) held (duration, number, bucket),
            LATERAL (VALUES ('', ''), {named}) along (dimension, value)
        WHERE number <> 0 AND (dimension = '' OR value <> '') GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(number) <> 0
    """


def add_moved(codes: Sequence[str], *, has_durations: bool) -> str:
    """The CTEs that add what `moved` to all sums."""
    month, marginal = ", ".join(MONTH_KEY), ", ".join(MARGINAL_KEY)
    measures = ", ".join(codes)
    parts = [
        f"pentads_moved AS MATERIALIZED ({pentad_rows('moved', codes)})",
        f"""month_added AS (
            INSERT INTO indicator_month AS m ({month}, {measures})
            SELECT * FROM ({month_rows("moved", codes)}) rows WHERE {counts_something(codes)} ORDER BY {month}
            ON CONFLICT ON CONSTRAINT indicator_month_once DO UPDATE SET {_added(codes)})""",
        f"""marginal_added AS (
            INSERT INTO indicator_marginal AS m ({marginal}, {measures})
            SELECT * FROM ({marginal_rows("moved", "pentads_moved", codes)}) rows
            WHERE {counts_something(codes)} ORDER BY {marginal}
            ON CONFLICT ON CONSTRAINT indicator_marginal_once DO UPDATE SET {_added(codes)})""",
    ]
    if has_durations:
        spread = ", ".join(SPREAD_KEY)
        parts.append(f"""spread_added AS (
            INSERT INTO indicator_spread AS m ({spread}, cases)
            SELECT * FROM ({spread_rows("moved")}) rows ORDER BY {spread}
            ON CONFLICT ON CONSTRAINT indicator_spread_once DO UPDATE SET cases = m.cases + excluded.cases)""")
    return ",\n    ".join(parts)


def _added(codes: Sequence[str]) -> str:
    return ", ".join(f"{code} = NULLIF(coalesce(m.{code}, 0) + coalesce(excluded.{code}, 0), 0)" for code in codes)


def contributed(area: str = "$1") -> str:
    """All contributions of an area, with every measure."""
    named = "area_code, day, item_code, source_kind, priority"
    orders = ", ".join(code if code in ORDER_CODES else f"NULL::int AS {code}" for code in CODES)
    activities = ", ".join("NULL::int" if code in ORDER_CODES else code for code in CODES)
    return f"""
        SELECT {named}, {orders} FROM order_contribution WHERE area_code = {area}
        UNION ALL SELECT {named}, {activities} FROM activity_contribution WHERE area_code = {area}
    """
