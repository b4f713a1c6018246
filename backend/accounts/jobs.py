"""What the clock starts in accounts: failures of yesterday and traces past their term go."""

from datetime import datetime

from backend.accounts.service import guessing, traces


async def prune(now: datetime) -> None:
    """Nightly; running it twice is the same."""
    await guessing.prune(now)
    await traces.forget_old(now)
