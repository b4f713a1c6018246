"""Whoever counts, counts alone: what an order added is read and its difference written under one lock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend import db

_LOCK = 0x494E4449  # "INDI"
# Compiling a statement of so many columns takes longer than carrying it out.
_TAKE = f"SELECT set_config('jit', 'off', true), pg_advisory_xact_lock({_LOCK})"


@asynccontextmanager
async def counting() -> AsyncIterator[None]:
    """A transaction in which nobody else counts. What it asks after this sees all that was counted before."""
    async with db.transaction():
        await db.execute(_TAKE)
        yield
