"""`/open311/v2`: the endpoint of GeoReport v2, and the same again for trials, where what is posted is only checked."""

from litestar import Router
from litestar.exceptions import HTTPException

from backend.errors import AppError
from backend.intake.open311.server.discovery import PATH, TEST_PATH
from backend.routes.api.open311.answering import answer
from backend.routes.api.open311.filing import POSTED
from backend.routes.api.open311.reading import READ
from backend.routes.http.auth import SEALED

_ON_ERROR = dict.fromkeys((AppError, HTTPException, Exception), answer)
"""Each by its own name: the app has a handler for each of them, and the nearest class wins."""
ENDPOINTS = [
    Router(path, route_handlers=[*READ, *POSTED], opt=SEALED, exception_handlers=_ON_ERROR)
    for path in (PATH, TEST_PATH)
]
