"""Which shops a figure counts, in SQL: the same for the number and for the list that it leads to."""

from datetime import datetime
from typing import Any

from backend.sql import Sql
from shops.grades.structs import Grade
from shops.grades.visits import visit_days
from shops.overview.structs import Concern

_GRADE = "coalesce((SELECT g.grade FROM shop_grade g WHERE g.shop_id = shop.id), 'A')"
_NOW = ":now::timestamptz"


def is_overdue(shop_id: str, now: str) -> str:
    """Whether a shop has not put something right until an instant at which it was due."""
    return f"{shop_id} IN (SELECT f.shop_id FROM inspection_finding f WHERE f.state = 'open' AND f.due_at < {now})"


def is_visit_due(shop_id: str, state: str, days: str, now: str) -> str:
    """Whether a shop trades and nobody has inspected it for so many days."""
    return f"""({state} = 'open' AND NOT EXISTS (SELECT FROM inspection i WHERE i.shop_id = {shop_id}
        AND i.received_at > {now} - make_interval(days => {days})))"""


def narrowed_to(grade: Grade | None, concern: Concern | None, cell: str, now: datetime) -> Sql:
    """What a list of shops is narrowed to besides, of a statement with `shop` and `place`."""
    parts, values = list[str](), dict[str, Any]()
    if grade is not None:
        parts.append(_of_grade(grade))
        values["grade"] = grade.value
    if concern is not None:
        parts.append(_of_concern(concern))
        values["now"] = now
    if cell:
        parts.append("place.grid_cell_id = :cell")
        values["cell"] = cell
    return Sql(" AND ".join(parts) or "true", values)


def _of_grade(grade: Grade) -> str:
    """A shop that was never counted stands at A."""
    if grade is Grade.A:
        return "shop.id NOT IN (SELECT shop_id FROM shop_grade WHERE grade <> :grade)"
    return "shop.id IN (SELECT shop_id FROM shop_grade WHERE grade = :grade)"


def _of_concern(concern: Concern) -> str:
    if concern is Concern.OVERDUE:
        return is_overdue("shop.id", _NOW)
    return is_visit_due("shop.id", "shop.state", visit_days("place.area_id", _GRADE), _NOW)
