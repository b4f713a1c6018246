"""What inspections found, as far as grades count it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.calendars.rules import SHANGHAI
from shops.grades.structs import GradedFinding
from shops.inspections import queries as inspections
from shops.inspections.structs import FoundFinding

_LONGEST = timedelta(days=366)
"""What has been open for longer counts no more: somebody has to close it."""


async def of_shops(shop_ids: Sequence[int], now: datetime) -> dict[int, list[GradedFinding]]:
    """The findings of each shop that may count, without those that a panel struck."""
    found: dict[int, list[GradedFinding]] = {shop_id: [] for shop_id in shop_ids}
    for each in await inspections.list_findings(shop_ids, now - _LONGEST, now):
        if each.is_upheld:
            found[each.shop_id].append(_graded(each, now))
    return found


def _graded(found: FoundFinding, now: datetime) -> GradedFinding:
    return GradedFinding(
        id=found.id,
        department=found.department,
        words_zh=found.words_zh,
        words_en=found.words_en,
        points=found.points,
        is_p0=found.is_p0,
        is_repeat=found.is_repeat,
        found_on=found.found_at.astimezone(SHANGHAI).date(),
        due_at=found.due_at,
        fixed_at=found.fixed_at,
        answered_at=found.answered_at,
        is_overdue=found.is_overdue(now),
    )
