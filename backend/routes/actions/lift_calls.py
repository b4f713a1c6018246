"""People in a lift: reported by whoever stands before its code. The lift's own company has the order at once."""

from backend.accounts.structs import Actor
from backend.errors import NotFound
from backend.lifts import queries
from backend.lifts.queries import TRAPPED
from backend.lifts.structs import LiftView
from backend.reports import service as reports
from backend.reports.structs import Join, ReportedAs, Submission, SubmissionResult
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey
from qr import queries as qr
from qr.codes import Code

_LIFT_USER = "lift_user"


class NotALift(NotFound):
    """The code is of something else."""

    code = "not-a-lift"


async def get_lift_of(code: Code) -> LiftView:
    """The lift behind a code. Raises NotALift, CodeUnknown, CodeRevoked, CodeUnbound."""
    lift = await queries.find_at_place((await qr.get_place(code)).id)
    if lift is None:
        raise NotALift
    return lift


async def report_trapped(
    ctx: RequestContext, code: Code, words: str, reporter: Actor, key: IdempotencyKey
) -> SubmissionResult:
    """One order for a lift at a time: whoever reports it later follows that one.

    Raises NotALift, QuotaUsedUp, and what a report is refused for.
    """
    lift = await get_lift_of(code)
    by = {"base_url": ctx.settings.base_url, "now": ctx.now}
    running = await queries.find_running(lift.place_id, TRAPPED)
    is_first = running is None
    charged = await quotas.take(ctx, "report" if is_first else "join", reporter, door=code if is_first else "")
    if running is not None:
        sent = await reports.join(
            Join(idempotency_key=key, order_id=running, code=code, description=words), reporter, **by
        )
    else:
        reported_as = ReportedAs(kinds=frozenset({_LIFT_USER}), unit_id=lift.maintenance_unit_id)
        report = Submission(idempotency_key=key, code=code, item=TRAPPED, description=words)
        sent = await reports.submit_anew(report, reporter, **by, reported_as=reported_as)
    await quotas.give_back_unless(sent.is_new, charged)
    return sent
