"""What a place says about its orders, as SQL for larger statements: what comes up here, and who works on it.

`visible` is for a statement with the fragment {visible} of visibility.py: what the reader may see.
"""

from collections.abc import Mapping
from typing import Any

from backend.accounts.structs import Actor
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.model.names import ItemName
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import ENDED, State, quoted
from backend.orders.model.verdicts import first_reporter
from backend.orders.reads.rows import allowed_moves
from backend.orders.reads.views import OrderHere
from backend.orders.transitions.participation import HAS_PARTICIPATED

_LATELY = 50
"""So many reports of a place tell what comes up there; a market has thousands."""
_ENDED = quoted(ENDED)


def frequent_items(place: str, most: str) -> str:
    """The array of the items reported most at a place of late, the most frequent first."""
    return f"""ARRAY(
        SELECT item_id FROM (
            SELECT item_id, opened_at FROM work_order
            WHERE place_id = {place} AND source_kind NOT IN ({UNREPORTED_SQL}) ORDER BY id DESC LIMIT {_LATELY}
        ) lately GROUP BY item_id ORDER BY count(*) DESC, max(opened_at) DESC LIMIT {most}
    )"""


def visible(place: str, most: str) -> str:
    """The open orders of a place within the reader's scope, least time left first, as JSON for `order_here`."""
    return f"""(SELECT json_agg(mine) FROM (
        SELECT o.id, o.state, o.area_code, o.unit_id, o.handler_id, o.opened_by_id, o.source_cases,
               {first_reporter("o")} AS first_reporter_id,
               EXISTS (SELECT FROM order_follower f WHERE f.order_id = o.id AND f.account_id = :reader::bigint)
                   AS is_follower, {HAS_PARTICIPATED},
               i.code AS item_code, i.name_zh AS item_zh, i.name_en AS item_en
        FROM work_order o JOIN item i ON i.code = o.item_id
        WHERE {{visible}} AND o.place_id = {place} AND o.state <> '{State.CLOSED}' AND o.state NOT IN ({_ENDED})
        ORDER BY {DUE_AT}, o.id LIMIT {most}
    ) mine)"""


def order_here(row: Mapping[str, Any], reader: Actor) -> OrderHere:
    """One of what `visible` lists, with the moves that this reader may make."""
    return OrderHere(
        id=row["id"],
        state=row["state"],
        item=ItemName(code=row["item_code"], name_zh=row["item_zh"], name_en=row["item_en"]),
        allowed=allowed_moves(row, reader),
    )
