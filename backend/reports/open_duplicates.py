"""Open orders that may be the same case, for lists of staff: the rule of the door, as duplicates.py has it, in SQL."""

from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import OPEN, quoted


def open_duplicates(order: str) -> str:
    """SQL for an alias of `work_order`: how many other open orders of the very place are about the same item, and the
    first of them, as JSON; null where there is none, or where the item is never the same case.
    """
    return f"""(
        SELECT jsonb_build_object('count', count(*), 'first_id', min(w_.id),
            'first_number', (array_agg(w_.number ORDER BY w_.id))[1])
        FROM work_order w_
        WHERE w_.place_id = {order}.place_id AND w_.item_id = {order}.item_id AND w_.id <> {order}.id
          AND w_.state IN ({quoted(OPEN)}) AND w_.source_kind NOT IN ({UNREPORTED_SQL})
          AND {order}.source_kind NOT IN ({UNREPORTED_SQL})
          AND (SELECT window_min FROM duplicate_rule WHERE starts_with({order}.item_id, prefix)
               ORDER BY length(prefix) DESC LIMIT 1) > 0
        HAVING count(*) > 0)"""
