"""How much of what was to be walked was walked: figures for the overviews."""

from collections.abc import Sequence
from datetime import date

from backend.structs import Read


class PatrolCoverage(Read, frozen=True, kw_only=True):
    """Stops of one committee's patrols within a span of days; what is proved of those that were due."""

    committee_code: str
    tasks: int
    stops: int
    proved: int


async def list_coverage(areas: Sequence[str], first: date, last: date) -> list[PatrolCoverage]:
    """Of each committee within these areas (prefixes) that had a patrol due within the span of Shanghai's days."""
    return []
