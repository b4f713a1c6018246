"""Answers of the endpoint in the format of the address, errors as well: GeoReport v2 knows no problem documents."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from litestar import Request, Response

from backend.intake.open311.wire import formats
from backend.intake.open311.wire.formats import WireFormat
from backend.intake.open311.wire.writing import document
from backend.routes.http import problems
from backend.routes.http.problem_document import prefers_english
from backend.web.i18n import error_texts

_SAID = frozenset({400, 403, 404, 405, 413, 429, 500, 503})
_AS = {HTTPStatus.UNAUTHORIZED: HTTPStatus.FORBIDDEN}
"""Clients know 400, 403 and 404; everything else that was refused is a 400 to them. The body says it more exactly."""


_CHARSET = "; charset=utf-8"


def _response(content: bytes, form: WireFormat, status: int, headers: Mapping[str, str]) -> Response[bytes]:
    """Litestar names the charset of what is text by itself, and of JSON never."""
    kind = form.media_type if form is WireFormat.XML else form.media_type + _CHARSET
    return Response(content, status_code=status, media_type=kind, headers=headers)


def say(root: str, content: Mapping[str, Any] | Sequence[Mapping[str, Any]], form: WireFormat) -> Response[bytes]:
    """Anybody's page may read what anybody may read (CORS); a key is never sent by a browser of itself."""
    headers = {"access-control-allow-origin": "*", "cache-control": "no-store", "vary": "Accept-Language"}
    return _response(document(root, content, form), form, HTTPStatus.OK, headers)


def language_of(request: Request) -> str:
    return "en" if prefers_english(request.headers.get("accept-language", "")) else "zh"


def answer(request: Request, error: Exception) -> Response[bytes]:
    """The exception handler of the endpoint."""
    stopped = problems.understand(error)
    status = _AS.get(HTTPStatus(stopped.status), stopped.status)
    rows = [{"code": str(stopped.status), "description": error_texts.in_both(stopped)}]
    form = formats.of_path(request.scope["path"])
    headers = problems.headers_of(request, stopped) | {"access-control-allow-origin": "*"}
    said = status if status in _SAID else HTTPStatus.BAD_REQUEST
    return _response(document("errors", rows, form), form, said, headers)
