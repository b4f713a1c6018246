"""Photos that another app shares with the staff app, such as a gallery.

On most phones the service worker takes them (share_worker.js), with or without network, and the page lists what the
phone has. Where there is none they come here as a form, are taken in as those of any form are, and go on into a report.
"""

from dataclasses import replace

from litestar import Response, get, post

from backend.errors import AppError
from backend.places import vicinity
from backend.places.kinds import AreaLevel
from backend.routes.actions import scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, read_form, word, words
from backend.routes.pages.inspectors import quick_report
from backend.routes.pages.inspectors.place_choice import PlaceChoice
from backend.routes.pages.resident import landing
from backend.routes.pages.resident.landing import ReportDraft
from backend.web.views.menu import self_handles_anywhere

_GUARDS = [signed_in]
_TYPED_MAX = 200
_NO_CODE = "-"


@get("/share", guards=_GUARDS, include_in_schema=False)
async def show_share(ctx: Ctx) -> Response:
    """For what the phone has; which of it stands in the address, and is the phone's own matter."""
    return base.html("staff/share.html", await base.page_of(ctx), draft=None)


@post("/share", guards=_GUARDS, include_in_schema=False, status_code=200, request_max_body_size=FORM_MAX_BYTES)
async def take_shared(ctx: Ctx) -> Response:
    """An inspector's quick report, or the choice of where it lies, with the photos and words that came."""
    form = await read_form(ctx)
    photos = await landing.take_report_photos(ctx, form, ctx.actor)
    said = [words(form, "title"), words(form, "text")]
    draft = ReportDraft(description="\n".join(filter(None, said)), photos=photos.stored)
    if self_handles_anywhere(ctx.actor):
        return await quick_report.show_with(ctx, draft, PlaceChoice(), photos.refused)
    return await _choose(ctx, draft, photos.refused)


@post("/share/code", guards=_GUARDS, include_in_schema=False, status_code=200)
async def find_place(ctx: Ctx) -> Response:
    """The form of the code that was typed, with what was shared."""
    form = await read_form(ctx)
    photos = await landing.take_report_photos(ctx, form, ctx.actor)
    draft = ReportDraft(description=words(form, "description"), photos=photos.stored)
    typed = word(form, "code", _TYPED_MAX)
    try:
        async with scanning.parsing_address(ctx, typed or _NO_CODE, None) as code:
            return await landing.show_with(ctx, code, draft)
    except AppError as error:
        return await _choose(ctx, draft, error, typed)


async def _choose(ctx: RequestContext, draft: ReportDraft, error: AppError | None = None, typed: str = "") -> Response:
    """Where it lies: by a code, or by an area of whose map a point is taken."""
    page = await base.page_of(ctx)
    stored = landing.stored_words(page, draft.photos)
    problem = base.problem_of(page, error, stored=stored) if error else None
    return base.html(
        "staff/share.html",
        page,
        status=error.status if error else 200,
        names_somebody=True,
        draft=replace(draft, problem=problem),
        typed=typed,
        centres=await vicinity.list_centres(AreaLevel.COMMITTEE),
    )
