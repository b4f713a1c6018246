"""What the clock starts for volunteers. The callers hand in the time."""

from datetime import datetime, timedelta

from grab_orders.people import retention


async def clear_sealed(now: datetime, keep: timedelta) -> None:
    """Nightly; running it twice is the same."""
    await retention.clear_sealed(now, keep)
