"""The page behind a tracking link: the story so far, live; what the reporter may say and ask for; the rating."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend import clock
from backend.errors import BadRequest, HouseError
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.structs import Rating
from backend.routes import pages_base
from backend.routes.pages_forms import read_form, word
from backend.routes.parameters import version_in
from backend.web.stages import stages_of

_DONE = ("urge", "reopen")
Act = Callable[[FormMultiDict, dict[str, Any]], Awaitable[None]]
"""Takes the form, and what goes with all that a reporter says: key, instant, the version that the page showed."""


@get("/r/{token:str}", include_in_schema=False)
async def show_tracking(request: Request, token: FromPath[str]) -> Response:
    return await _tracking(request, token)


@post("/r/{token:str}/rating", include_in_schema=False)
async def send_rating(request: Request, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.rate(token, _rating(form), **by)

    return await _say(request, token, act)


def _rating(form: FormMultiDict) -> Rating:
    """Raises BadRequest where none of the five was chosen."""
    try:
        said = {"score": word(form, "score"), "comment": word(form, "comment", 500)}
        return msgspec.convert(said, Rating, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("请选择 1 至 5 分", "Choose 1 to 5") from error


@post("/r/{token:str}/confirm", include_in_schema=False)
async def send_confirmation(request: Request, token: FromPath[str]) -> Response:
    async def act(_: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.confirm(token, **by)

    return await _say(request, token, act)


@post("/r/{token:str}/dispute", include_in_schema=False)
async def send_dispute(request: Request, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.dispute(token, word(form, "reason", 500), **by)

    return await _say(request, token, act)


@post("/r/{token:str}/urge", include_in_schema=False)
async def send_urge(request: Request, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.urge(token, word(form, "note", 500), **by)

    return await _say(request, token, act, typed_in="note", done="urge")


@post("/r/{token:str}/reopen", include_in_schema=False)
async def send_reopening(request: Request, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.reopen(token, word(form, "reason", 500), **by)

    return await _say(request, token, act, typed_in="reason", done="reopen")


async def _say(request: Request, token: str, act: Act, *, typed_in: str = "", done: str = "") -> Response:
    """Carry out what the reporter says and show the story again, or what stood in the way with what was typed."""
    form = await read_form(request)
    seen = version_in(word(form, "version", 9))
    try:
        await act(form, {"key": word(form, "key", 80) or None, "now": clock.now(), "seen": seen})
    except HouseError as error:
        return await _tracking(request, token, error, word(form, typed_in, 500) if typed_in else None)
    return pages_base.see_other(f"/r/{token}?done={done}" if done else f"/r/{token}")


async def _tracking(
    request: Request, token: str, error: HouseError | None = None, typed: str | None = None
) -> Response:
    """The story so far. `typed`: what was written in a form that was refused, other than the rating."""
    page, done = await pages_base.page_of(request), request.query_params.get("done", "")
    tracked = await queries.get_tracking(token, page.now)
    return pages_base.html(
        "r/tracking.html",
        page,
        status=error.status if error else 200,
        order=tracked,
        token=token,
        fresh="new" in request.query_params,
        stages=stages_of(tracked, page),
        problem=pages_base.told(page, error) if error else None,
        done=done if done in _DONE else "",
        typed=typed,
        key=str(uuid4()),
        link=queries.tracking_url(request.app.state.settings.base_url, token),
    )
