"""`GET tokens`: what became of a request for which there was no number at once."""

from backend import db
from backend.errors import NotFound

_FIND = """
    SELECT o.number FROM open311_request r JOIN intake_record record ON record.id = r.record_id
    JOIN work_order o ON o.id = record.order_id WHERE r.token = $1 AND r.way = 'filed'
"""
_TOKEN_MOST = 32


class TokenUnknown(NotFound):
    """No token of ours, or nobody has decided on its request yet."""

    code = "open311-token-unknown"


async def find_number(token: str) -> str:
    """The number of the request's order. Raises TokenUnknown."""
    number = await db.fetchval(_FIND, token) if len(token) <= _TOKEN_MOST else None
    if number is None:
        raise TokenUnknown
    return number
