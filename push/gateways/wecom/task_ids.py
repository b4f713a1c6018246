"""The id of a card at WeCom: which order it is about, by which delivery it came. Pure.

Unique in an application; digits, letters and `_-@`, at most 128 bytes.
"""

import re
from datetime import datetime
from typing import NamedTuple

_TASK_ID = re.compile(r"order-([1-9]\d{0,17})-([1-9]\d{0,17})(?:-\d{1,12})?", re.ASCII)


class CardTask(NamedTuple):
    order_id: int
    delivery_id: int


def task_id(order_id: int, delivery_id: int, resent_at: datetime | None) -> str:
    """Another one for a card that is sent once more on somebody's word."""
    return f"order-{order_id}-{delivery_id}" + (f"-{resent_at.timestamp():.0f}" if resent_at else "")


def read(text: str) -> CardTask | None:
    """What a task id of ours says; None for one that is not ours."""
    found = _TASK_ID.fullmatch(text)
    return CardTask(int(found[1]), int(found[2])) if found else None
