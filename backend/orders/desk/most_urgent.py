"""The open orders of a desk with the least time left: the first screen of who looks after an area."""

from datetime import datetime

from backend.accounts.structs import Actor
from backend.orders.desk.filters import DeskFilter
from backend.orders.desk.open_orders import fetch_open
from backend.orders.desk.rows import DeskOrder, desk_order
from backend.orders.desk.search import DeskSearch


async def list_most_urgent(actor: Actor, desk_filter: DeskFilter, now: datetime, most: int) -> list[DeskOrder]:
    """At most so many, least time left first; words of the filter are not looked for."""
    return [desk_order(row) for row in await fetch_open(actor, desk_filter, DeskSearch(), now, None, most)]
