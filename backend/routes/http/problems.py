"""Every error leaves as a problem document, or as a page for somebody who reads pages. One handler for all of them."""

import traceback
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus

import msgspec
from litestar import HttpMethod, Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.serialization import decode_json
from litestar.utils.path import normalize_path
from msgspec import UNSET

from backend import errors, logs
from backend.errors import AppError
from backend.routes.http import database_errors
from backend.routes.http.problem_document import MEDIA_TYPE, FieldError, Problem, prefers_english
from backend.routes.pages import error_page
from backend.web.i18n import error_texts
from backend.web.i18n.catalogue import LANGUAGES

_RETRY_AFTER_S = 2
_BY_STATUS: dict[int, type[AppError]] = {
    base.status: base
    for base in (
        errors.BadRequest,
        errors.Unauthorised,
        errors.Forbidden,
        errors.NotFound,
        errors.Conflict,
        errors.Gone,
        errors.TooLarge,
        errors.Unsupported,
        errors.Invalid,
        errors.TooMany,
        errors.Unavailable,
    )
}

_log = logs.get_logger()


class MethodNotAllowed(AppError):
    status, code = 405, "method-not-allowed"


class ValidationFailed(errors.BadRequest):
    code = "validation-failed"


def answer(request: Request, error: Exception) -> Response:
    """The one exception handler of the app."""
    stopped = understand(error)
    headers = headers_of(request, stopped)
    problem = _describe(request, stopped, error)
    if _wants_page(request):
        response = error_page.render_problem(request, problem)
        response.headers.update(headers)
        return response
    return Response(
        msgspec.json.encode(problem, enc_hook=str), status_code=problem.status, media_type=MEDIA_TYPE, headers=headers
    )


def understand(error: Exception) -> AppError:
    """What stopped it, as one of ours; what nobody foresaw is logged."""
    if isinstance(error, AppError):
        return error
    if isinstance(error, ValidationException):
        return ValidationFailed()
    if isinstance(error, HTTPException) and error.status_code != HTTPStatus.INTERNAL_SERVER_ERROR:
        return _from_http(error)
    if _is_unreadable_body(error):
        return errors.BadRequest("json-unreadable")
    translated = database_errors.translate(error)
    level = _log.error if translated is None else _log.warning
    level("unexpected" if translated is None else "refused by the database", **logs.describe(error))
    return translated or AppError()


def _is_unreadable_body(error: Exception) -> bool:
    """Whether the parser stopped at bytes that are not UTF-8, or at a nesting deeper than it goes; it says neither."""
    if not isinstance(error, UnicodeDecodeError | RecursionError):
        return False
    *_, innermost = traceback.walk_tb(error.__traceback__)
    return innermost[0].f_code is decode_json.__code__


def _from_http(error: HTTPException) -> AppError:
    if error.status_code == MethodNotAllowed.status:
        return MethodNotAllowed()
    if isinstance(error.__cause__, SerializationException):
        # The parser's words say where it stopped and quote nothing.
        return errors.BadRequest("json-unreadable.at", values={"stopped": error.detail})
    return _BY_STATUS.get(error.status_code, errors.BadRequest)()


def _describe(request: Request, stopped: AppError, error: Exception) -> Problem:
    lang = "en" if prefers_english(request.headers.get("accept-language", "")) else "zh"
    sentences = {each: error_texts.sentence(stopped, each) for each in LANGUAGES}
    return Problem(
        type=f"/reference#{stopped.code}",
        title=error_texts.title(stopped, lang),
        status=stopped.status,
        detail=sentences[lang],
        detail_zh=sentences["zh"],
        detail_en=sentences["en"],
        code=stopped.code,
        instance=request.scope["path"],
        request_id=logs.request_id.get(),
        extra=stopped.extra or UNSET,
        errors=_fields(error) if isinstance(error, ValidationException) else UNSET,
    )


def _fields(error: ValidationException) -> list[FieldError]:
    listed = error.extra if isinstance(error.extra, list) else []
    return [
        FieldError(
            field=str(each.get("key", "")),
            message=str(each.get("message", "")),
            source=str(getattr(each.get("source"), "value", each.get("source") or "body")),
        )
        for each in listed
    ]


def headers_of(request: Request, stopped: AppError) -> dict[str, str]:
    """What goes along with an error, such as when to come again."""
    headers = {"vary": "Accept, Accept-Language"}
    if stopped.status == MethodNotAllowed.status:
        headers["allow"] = ", ".join(_allowed(request))
    if stopped.status == HTTPStatus.UNAUTHORIZED:
        headers["www-authenticate"] = 'Bearer realm="yima"'
    if stopped.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        headers["retry-after"] = str(stopped.extra.get("retry_after_s", _RETRY_AFTER_S))
    return headers


def _allowed(request: Request) -> Iterator[str]:
    path = normalize_path(request.scope["path"])
    for method in sorted(HttpMethod):
        with suppress(HTTPException):
            request.app.asgi_router.handle_routing(path=path, method=method.value)
            yield method.value


def _wants_page(request: Request) -> bool:
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


HANDLERS = {AppError: answer, HTTPException: answer, Exception: answer}
