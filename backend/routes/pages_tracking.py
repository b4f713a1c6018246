"""The page behind a tracking link: the story so far, live; the merchant's word, and the rating at its end."""

from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend import clock
from backend.errors import HouseError
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.structs import Rating
from backend.routes import pages_base
from backend.routes.pages_forms import read_form, word
from backend.web.stages import stages_of


@get("/r/{token:str}", include_in_schema=False)
async def show_tracking(request: Request, token: FromPath[str]) -> Response:
    return await _tracking(request, token)


@post("/r/{token:str}/rating", include_in_schema=False)
async def send_rating(request: Request, token: FromPath[str]) -> Response:
    form = await read_form(request)
    score = word(form, "score", 1)
    try:
        rating = Rating(score=int(score) if score in "12345" and score else 0, comment=word(form, "comment", 500))
        await reports.rate(token, rating, key=None, now=clock.now())
    except HouseError as error:
        return await _tracking(request, token, error)
    return pages_base.see_other(f"/r/{token}")


@post("/r/{token:str}/confirm", include_in_schema=False)
async def send_confirmation(request: Request, token: FromPath[str]) -> Response:
    form = await read_form(request)
    try:
        await reports.confirm(token, key=word(form, "key", 80) or None, now=clock.now())
    except HouseError as error:
        return await _tracking(request, token, error)
    return pages_base.see_other(f"/r/{token}")


@post("/r/{token:str}/dispute", include_in_schema=False)
async def send_dispute(request: Request, token: FromPath[str]) -> Response:
    form = await read_form(request)
    try:
        await reports.dispute(token, word(form, "reason", 500), key=word(form, "key", 80) or None, now=clock.now())
    except HouseError as error:
        return await _tracking(request, token, error)
    return pages_base.see_other(f"/r/{token}")


async def _tracking(request: Request, token: str, error: HouseError | None = None) -> Response:
    page = await pages_base.page_of(request)
    tracked = await queries.get_tracking(token, page.now)
    return pages_base.html(
        "r/tracking.html",
        page,
        status=error.status if error else 200,
        order=tracked,
        token=token,
        key=str(uuid4()),
        fresh="new" in request.query_params,
        stages=stages_of(tracked, page),
        problem=pages_base.told(page, error) if error else None,
        link=queries.tracking_url(request.app.state.settings.base_url, token),
    )
