"""How the desk reads: in one short transaction that may not write, with plans made for the values at hand.

A plan that is kept for any value would take the index of an area for a whole district, or the walk by time for a
single person. A filter that nobody thought of ends after five seconds instead of holding a connection.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend import db

_SETTINGS = """
    SET TRANSACTION READ ONLY; SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off;
    SET LOCAL statement_timeout = '5s'
"""


@asynccontextmanager
async def reading() -> AsyncIterator[None]:
    """Within another one, that one's transaction and settings hold."""
    if db.is_in_transaction():
        yield
        return
    async with db.transaction():
        await db.execute(_SETTINGS)
        yield
