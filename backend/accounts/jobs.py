"""What the clock starts in accounts: failures of yesterday, links that are over and traces past their term go."""

from datetime import datetime

from backend.accounts.service import guessing, links, traces


async def prune(now: datetime) -> None:
    """Nightly; running it twice is the same."""
    await guessing.prune(now)
    await links.prune(now)
    await traces.forget_old(now)
