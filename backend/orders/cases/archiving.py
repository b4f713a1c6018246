"""Which steps stay readable when old months are archived: those of every case that is not long over."""

from backend.orders.model.states import OPEN, quoted
from backend.partitions.catalogue import PartitionedTable
from backend.sql import sql
from media import queries as media
from media.structs import SubjectKind

STEPS = "order_step"
# A merged order is over when the one is that it goes on as, and what was merged into that one on the way.
_NEEDED = f"""
    stored.order_id IN (
        WITH RECURSIVE needed AS (
            SELECT id FROM work_order WHERE state IN ({quoted(OPEN)})
                OR merged_into_id IS NULL AND coalesce(closed_at, cancelled_at) >= :before
            UNION SELECT order_id FROM order_step WHERE id = ANY(:held::bigint[])
            UNION SELECT o.id FROM needed JOIN work_order o ON o.merged_into_id = needed.id
        )
        SELECT id FROM needed
    )
"""


async def steps_by_month() -> PartitionedTable:
    """The steps, of which those stay whose order is open or ended lately, and those whose photos are held."""
    held = await media.list_held(SubjectKind.ORDER_STEP)
    return PartitionedTable(STEPS, "at", retained=sql(_NEEDED, held=held))
