"""A recount of the summaries of places: whether what is kept is what is true, and forgetting what is not."""

from datetime import datetime

from backend import db
from backend.reports import place_summary
from backend.structs import Read

_GOOD = f"SELECT s.place_id FROM place_summary s WHERE {place_summary.good('$1::timestamptz')} ORDER BY s.place_id"
_FORGET = "DELETE FROM place_summary WHERE place_id = ANY($1::bigint[])"
_FORGET_ALL = "WITH gone AS (DELETE FROM place_summary RETURNING 1) SELECT count(*) FROM gone"


class SummaryCheck(Read, frozen=True, kw_only=True):
    """What a recount found."""

    good: int
    """Summaries that a scan would have shown."""
    wrong: list[int]
    """The places of those among them that did not say what is true; they are forgotten."""


async def check(now: datetime) -> SummaryCheck:
    """Find out anew what each summary says that a scan would show now, and forget those that differ."""
    place_ids = [row["place_id"] for row in await db.fetch(_GOOD, now)]
    wrong = [place_id for place_id in place_ids if await db.fetchval(place_summary.IS_WRONG, now, place_id)]
    await db.execute(_FORGET, wrong)
    return SummaryCheck(good=len(place_ids), wrong=wrong)


async def forget() -> int:
    """Let every place be looked at anew when it is scanned next. Returns how many summaries went."""
    return await db.fetchval(_FORGET_ALL)
