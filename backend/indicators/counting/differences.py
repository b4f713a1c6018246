"""The end of every statement that counts: fresh rows are held against stored ones, the difference is written. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from backend.indicators.counting import rollups


class Contributions(NamedTuple):
    """Which table, what names a row's subject, all columns that tell rows apart, and the measures."""

    table: str
    subject: str
    named: Sequence[str]
    codes: Sequence[str]
    has_durations: bool = False


def write_difference(to: Contributions, fresh: str, of_stored: str, *, with_sums: bool) -> str:
    """The CTEs from `fresh` on and the answer: the subjects that were counted otherwise before.

    `with_sums`: add the difference to the sums as well; without it these are to be filled anew afterwards.
    """
    columns = ", ".join((*to.named, *to.codes))
    turned = ", ".join((*to.named, *(f"-{code}" for code in to.codes)))
    of_changed = f"{to.subject} IN (SELECT {to.subject} FROM changed)"
    sums = f""", moved AS MATERIALIZED (SELECT {columns} FROM come UNION ALL SELECT {turned} FROM gone),
    {rollups.add_moved(to.codes, has_durations=to.has_durations)}"""
    return f"""
    fresh AS MATERIALIZED ({fresh}),
    stored AS MATERIALIZED (SELECT {columns} FROM {to.table} WHERE {of_stored}),
    come AS MATERIALIZED (SELECT {columns} FROM fresh EXCEPT ALL SELECT {columns} FROM stored),
    gone AS MATERIALIZED (SELECT {columns} FROM stored EXCEPT ALL SELECT {columns} FROM fresh),
    changed AS MATERIALIZED (SELECT {to.subject} FROM come UNION SELECT {to.subject} FROM gone),
    removed AS (DELETE FROM {to.table} WHERE {of_stored} AND {of_changed}),
    added AS (INSERT INTO {to.table} ({columns}) SELECT {columns} FROM fresh WHERE {of_changed})
    {sums if with_sums else ""}
    SELECT array_agg({to.subject} ORDER BY {to.subject}) FROM changed
"""
