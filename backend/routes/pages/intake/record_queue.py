"""The queue of records that wait for a person: all of them, or those of one source."""

from typing import Any

from litestar import Request

from backend.routes.pages import queue_position
from backend.routes.pages.queue_position import QueueAddresses, QueuePosition

SOURCE = "source"
RECORDS = QueueAddresses("/desk/intake", "/desk/intake/next", "done", (SOURCE,))


def position_in(request: Request[Any, Any, Any]) -> QueuePosition:
    """Where somebody stands in it."""
    return queue_position.position_in(request.query_params, RECORDS)
