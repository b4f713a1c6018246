"""协办 as a reader sees it: the sub-orders of an order, and the order that a sub-order helps."""

from datetime import datetime

import msgspec

from backend.orders.deadlines.overdue import DUE_AT, NEVER
from backend.orders.model.names import UnitName
from backend.orders.reads.views import RelatedOrder

# For a statement with the fragment {visible} and the value :order_id. A column, since an order's page asks little.
RELATED = f"""(
    SELECT json_agg(related)::text FROM (
        SELECT o.id, o.number, o.state, {DUE_AT} AS due_at, coalesce({{visible}}, false) AS is_visible,
               o.parent_id IS NOT DISTINCT FROM :order_id AS is_sub_order,
               CASE WHEN u.id IS NOT NULL
                    THEN json_build_object('id', u.id, 'name_zh', u.name_zh, 'name_en', u.name_en) END AS unit
        FROM work_order o LEFT JOIN org_unit u ON u.id = o.unit_id
        WHERE o.parent_id = :order_id OR o.id = (SELECT parent_id FROM work_order WHERE id = :order_id) ORDER BY o.id
    ) related)"""


class _Row(msgspec.Struct, frozen=True):
    id: int
    number: str
    state: str
    due_at: datetime
    is_visible: bool
    is_sub_order: bool
    unit: UnitName | None


def related_of(listed: str | None) -> tuple[RelatedOrder | None, list[RelatedOrder]]:
    """The parent, where there is one, and the sub-orders, oldest first, out of what `RELATED` lists."""
    rows = msgspec.json.decode(listed or "[]", type=list[_Row])
    parent = next((_related(row) for row in rows if not row.is_sub_order), None)
    return parent, [_related(row) for row in rows if row.is_sub_order]


def _related(row: _Row) -> RelatedOrder:
    if not row.is_visible:
        return RelatedOrder(number=row.number, state=row.state)
    due_at = None if row.due_at == NEVER else row.due_at
    return RelatedOrder(number=row.number, state=row.state, id=row.id, unit=row.unit, due_at=due_at)
