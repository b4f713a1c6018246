"""The page behind a lift's code: what stands in its cabin, and the call for people who are trapped in it."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.calendars.rules import shanghai_date
from backend.errors import AppError
from backend.routes.actions import lift_calls, scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, words
from backend.routes.pages.resident import landing
from qr.codes import Code

_PATH = "/q/{code:str}/lift"
_KEY_CHARS = 60


@get(_PATH, include_in_schema=False)
async def show_lift_cabin(ctx: Ctx, code: FromPath[str]) -> Response:
    async with scanning.parsing_address(ctx, code, None) as plate:
        return await _page(ctx, plate)


@post(f"{_PATH}/trapped", include_in_schema=False)
async def report_trapped(ctx: Ctx, code: FromPath[str]) -> Response:
    form = await read_form(ctx)
    typed, key = words(form, "description"), read_key(form, "client_id", _KEY_CHARS) or new_key()
    reporter, session = await landing.sender(ctx)
    async with scanning.parsing_address(ctx, code, None) as plate:
        try:
            sent = await lift_calls.report_trapped(ctx, plate, typed, reporter, key)
        except lift_calls.NotALift:
            raise
        except AppError as error:
            response = await _page(ctx, plate, error, typed)
            response.cookies.extend(session)
            return response
    return base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


async def _page(ctx: RequestContext, code: Code, error: AppError | None = None, typed: str = "") -> Response:
    lift = await lift_calls.get_lift_of(code)
    page = await base.page_of(ctx)
    return base.html(
        "lifts/cabin.html",
        page,
        status=error.status if error else 200,
        lift=lift,
        code=code,
        standing=lift.standing(shanghai_date(ctx.now)),
        key=new_key(),
        typed=typed,
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )
