"""The small photos beside the orders of a list.

Of a complaint there is none: from where it was taken may say who complained, so its photos are looked at on the order's
page alone.
"""

from collections.abc import Iterable
from datetime import datetime

from backend.accounts.structs import Actor
from backend.orders.reads import thumbnails
from backend.sql import Sql
from shops.complaints.sql import was_filed_by

SEALED = Sql(was_filed_by("o.opened_by_id"))
"""Which orders (`o`) are shown without."""


async def thumbs_of(order_ids: Iterable[int], reader: Actor | None, now: datetime) -> dict[int, str]:
    """The link to the first photo of each order that the reader may see, by order, in one statement.

    Shown by the macro `thumb`; nobody who is not known is shown any.
    """
    return {} if reader is None else await thumbnails.find_thumbs(order_ids, reader, now, sealed=SEALED)
