"""Who signed in, failed to, was given or lost something, and from which address: facts about an account.

Addresses are personal data: facts of this kind go after the term that the law on logs asks for (six months).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.accounts.events import TRACES
from backend.events import queries as log
from backend.events import service as events
from backend.events.facts import Dated

RETENTION = timedelta(days=184)


async def list_traces(account_id: int, limit: int) -> Sequence[Dated]:
    """The latest facts about this account, the newest first."""
    return await log.list_about("account", account_id, limit)


async def forget_old(now: datetime) -> int:
    """Remove traces that are older than their term. Returns how many."""
    return await events.forget([fact.name() for fact in TRACES], now - RETENTION)
