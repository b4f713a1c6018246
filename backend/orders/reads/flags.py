"""What a card in a list says besides its clock: urged, watched, given back, and asking for something."""

from collections.abc import Sequence

import msgspec

from backend import db

_FLAGS = """
    SELECT o.id, o.supervisor_id IS NOT NULL AS is_supervised, o.hop_count,
           (SELECT r.kind FROM order_request r WHERE r.order_id = o.id AND r.decided_at IS NULL) AS asks_for,
           EXISTS (SELECT FROM order_step s
                   WHERE s.order_id = o.id AND s.at >= o.opened_at AND s.move = 'urge') AS is_urged
    FROM work_order o WHERE o.id = ANY($1::bigint[])
"""


class Flags(msgspec.Struct, frozen=True, kw_only=True):
    is_urged: bool
    is_supervised: bool
    hop_count: int
    """How often it was given back."""
    asks_for: str | None
    """The request that waits for a decision: `extension` or `suspension`."""


async def list_flags(order_ids: Sequence[int]) -> dict[int, Flags]:
    """The flags of these orders, by id."""
    rows = await db.fetch(_FLAGS, order_ids)
    return {row["id"]: msgspec.convert({name: row[name] for name in Flags.__struct_fields__}, Flags) for row in rows}
