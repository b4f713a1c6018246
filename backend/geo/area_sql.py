"""Which areas a code lies in, as SQL that an index can answer. Takes expressions, not values.

A prefix as LIKE, or an array of them, is matched row by row, and where the database's collation is another one than C
no plain index knows what begins alike. The pattern operators compare bytes: they use an index of
`varchar_pattern_ops` whatever the collation, with bound values and in a plan made once for all values.
"""

from collections.abc import Sequence

from backend.sql import Sql


def within(code: str, area: str) -> str:
    """Whether an area or grid code lies in the area; the empty one is the whole country. ':' comes after '9'."""
    return f"({code} ~>=~ {area} AND {code} ~<~ ({area} || ':'))"


def within_any(code: str, areas: Sequence[str], name: str) -> Sql:
    """The same of some areas; none at all matches nothing. `name` begins the names of the values."""
    values = {f"{name}_{number}": area for number, area in enumerate(outermost(areas))}
    either = [within(code, f":{each}::text") for each in values]
    return Sql(f"({' OR '.join(either)})" if either else "false", values)


def outermost(areas: Sequence[str]) -> list[str]:
    """The same areas without those that lie in another one of them, widest first."""
    widest = sorted(set(areas), key=lambda area: (len(area), area))
    return [area for number, area in enumerate(widest) if not area.startswith(tuple(widest[:number]))]
