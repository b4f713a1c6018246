"""What the clock starts for maps."""

from backend.jobs.runner import Timed
from backend.maps import ground


def timed() -> dict[str, Timed]:
    """Cron in UTC: 18:35 is 02:35 in Shanghai."""
    return {"maps.forget_changes": Timed("35 18 * * *", ground.forget_changes)}
