"""One photo on a page of its own: whole, with when and where, and the way back. Scripts show the same over the page."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from backend.orders import reads
from backend.orders.reads.views import OrderPhoto
from backend.reports import queries as reports
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.pages import base
from backend.routes.pages.staff.work import where_of
from backend.web.views.evidence import Evidence, PhotoPage, WholePhoto, evidence_of, evidence_of_tracking, photo_page
from backend.web.views.page import PageContext
from media.errors import PhotoNotFound
from shops.inspections import access
from shops.inspections.structs import FindingDetail


@get("/o/{order_id:int}/photos/{photo_id:uuid}", guards=[signed_in], include_in_schema=False)
async def show_order_photo(ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> Response:
    """For whoever reads the order, as far as its photos are shown to them."""
    page = await base.page_of(ctx)
    order = await reads.get_order(order_id, ctx.actor, page.now)
    return _of_order(evidence_of(order, where_of(order), page), order.photos, photo_id, order.number, f"/o/{order_id}")


@get("/r/{token:str}/photos/{photo_id:uuid}", include_in_schema=False, opt=SEALED)
async def show_tracked_photo(ctx: Ctx, token: FromPath[str], photo_id: FromPath[UUID]) -> Response:
    """For whoever holds the tracking link, as far as its page shows photos."""
    page = await base.page_of(ctx)
    tracked = await reports.get_tracking(token, page.now)
    evidence = evidence_of_tracking(tracked, token, page)
    return _of_order(evidence, tracked.photos, photo_id, tracked.number, f"/r/{token}")


@get("/findings/{finding_id:int}/photos/{photo_id:uuid}", guards=[signed_in], include_in_schema=False)
async def show_finding_photo(ctx: Ctx, finding_id: Id, photo_id: FromPath[UUID]) -> Response:
    """For whoever reads the finding."""
    page = await base.page_of(ctx)
    finding = (await access.see(finding_id, ctx.actor, page.now)).finding
    return _page(page, _of_finding(finding, photo_id, page), finding.shop_name, f"/findings/{finding_id}")


def _of_finding(finding: FindingDetail, photo_id: UUID, page: PageContext) -> PhotoPage | None:
    shown = [(photo, step.at) for step in reversed(finding.steps) for photo in step.photos]
    addresses = ["", *(f"/findings/{finding.id}/photos/{photo.id}" for photo, _ in shown), ""]
    for number, (photo, at) in enumerate(shown, start=1):
        if photo.id == photo_id:
            whole = WholePhoto(page.t("finding.photo"), photo.large_url, [page.moment(at), finding.shop_name])
            return PhotoPage(whole, number, len(shown), addresses[number - 1], addresses[number + 1])
    return None


def _of_order(
    evidence: Evidence, photos: Sequence[OrderPhoto], photo_id: UUID, number: str, back: str
) -> Response[bytes]:
    return _page(evidence.page, photo_page(evidence, photos, photo_id), number, back)


def _page(page: PageContext, shown: PhotoPage | None, of: str, back: str) -> Response[bytes]:
    """Raises PhotoNotFound for what the reader is not shown."""
    if shown is None:
        raise PhotoNotFound()
    return base.html("photo.html", page, shown=shown, of=of, back=back)
