"""A report that is sent again under its idempotency key gets its first receipt; another under that key is refused."""

from uuid import UUID, uuid5

from backend.orders.transitions import repeats
from backend.reports import queries
from backend.reports.structs import Filed, Join, ReportReceipt, Submission
from backend.structs import IdempotencyKey

_REPORT = "report"
_SPENT = UUID("6f0d6f0e-0f5b-5d53-9a56-2d0c6f3f2b1a")


def print_of(report: Submission | Join) -> str:
    """A print of what is reported. Where there is neither code nor link, the position says what it is about."""
    is_placed = report.code or (isinstance(report, Join) and report.tracking_token)
    point = None if is_placed or report.point is None else report.point.wgs84()
    return repeats.print_of(report, kind=type(report).__name__, at=point)


async def find_earlier(report: Submission | Join, reporter_id: int, base_url: str) -> ReportReceipt | None:
    """The receipt of the first time, None for a new one. Raises KeyUsedBefore."""
    filed = await queries.find_filed(reporter_id, report.idempotency_key, base_url)
    if filed is None:
        return None
    await _require_same(report, filed)
    return filed.receipt


def next_key(report: Submission) -> IdempotencyKey:
    """A key for a report whose own was spent on another one: the same report gets the same again."""
    return IdempotencyKey(uuid5(_SPENT, f"{report.idempotency_key} {print_of(report)}").hex)


async def _require_same(report: Submission | Join, filed: Filed) -> None:
    await repeats.require_same(report, print_of(report), filed.key_print, filed.step_id or 0, earlier=_REPORT)
