"""A town's own closed orders as texts to learn from: what was said, and the item that it was closed as."""

from collections.abc import AsyncIterator

from backend import db
from backend.intake.items.masking import mask
from backend.intake.items.structs import Case
from backend.orders.model.states import State

_PAGE = 2000
LEAST_WORDS = 6
"""Characters: what is shorter says too little."""
_CLOSED = f"""
    SELECT id, description, item_id, coalesce(merged_into_id, id) AS case_id FROM work_order
    WHERE id > $1 AND state = '{State.CLOSED}' AND area_code LIKE $2 || '%' AND length(description) >= $3
      AND root_cause_of IS NULL
    ORDER BY id LIMIT $4
"""


async def list_cases(area_code: str) -> AsyncIterator[Case]:
    """What was closed within an area; orders of one case are a group."""
    last = 0
    while rows := await db.fetch(_CLOSED, last, area_code, LEAST_WORDS, _PAGE):
        for row in rows:
            yield Case(text=mask(row["description"]), label=row["item_id"], group=f"order {row['case_id']}")
        last = rows[-1]["id"]
