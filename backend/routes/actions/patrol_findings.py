"""A problem found on a patrol, from page or API: an ordinary report at the stop's place, then tied to the stop."""

from uuid import uuid4

from backend.committees.patrols import findings
from backend.committees.patrols.errors import FindingWithoutItem
from backend.committees.patrols.structs import FindingDraft, StopPlace
from backend.geo.points import Fix, FixSource
from backend.reports import service as reports
from backend.reports.structs import Submission
from backend.routes.http import quotas
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey, Read
from qr import queries as qr
from qr.codes import Code


class PatrolReceipt(Read, frozen=True, kw_only=True):
    """What the walker keeps of a report from a patrol; `version` is the task's."""

    version: int
    order_id: int
    number: str
    tracking_url: str
    is_new: bool


async def report_finding(
    ctx: RequestContext, task_id: int, seq: int, said: FindingDraft, key: IdempotencyKey | None
) -> PatrolReceipt:
    """File the report and tie its order to the stop; sent again under its key it is the same report.

    Raises FindingWithoutItem, QuotaUsedUp, and what patrols and reports refuse.
    """
    actor, stop = ctx.actor, await findings.get_place(task_id, seq, ctx.actor)
    code = (await qr.list_codes_of([stop.place_id])).get(stop.place_id)
    report = _report(said, stop, code, key or IdempotencyKey(str(uuid4())))
    taken = await quotas.take(ctx, "report", actor, door=code or f"place:{stop.place_id}")
    sent = await reports.submit(report, actor, base_url=ctx.settings.base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, taken)
    progress = await findings.add(task_id, stop, sent.receipt.order_id, actor, ctx.now)
    return PatrolReceipt(
        version=progress.version,
        order_id=sent.receipt.order_id,
        number=sent.receipt.number,
        tracking_url=sent.receipt.tracking_url,
        is_new=sent.is_new,
    )


def _report(said: FindingDraft, stop: StopPlace, code: Code | None, key: IdempotencyKey) -> Submission:
    """At the stop's plate, with the walker's position beside it; where no plate hangs, at the place's own position."""
    item = said.item or stop.item_code
    if item is None:
        raise FindingWithoutItem
    return Submission(
        idempotency_key=key,
        item=item,
        code=code,
        point=said.point if code else Fix(stop.point.lng, stop.point.lat, source=FixSource.MANUAL),
        description=said.description,
        photo_ids=said.photo_ids,
        captured_at=said.captured_at,
    )
