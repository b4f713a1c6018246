"""What every page handler needs: the reader's Page out of a request, a rendered answer, and a safe way back."""

import gzip
import re
from dataclasses import replace
from posixpath import normpath
from typing import Any
from urllib.parse import unquote

from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from backend.errors import AppError
from backend.routes.http import cache_policy, wechat_sdk
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import marked_fields
from backend.routes.pages.way_back import is_one_time, page_behind
from backend.web.i18n.catalogue import LANGUAGES
from backend.web.views import page as web
from backend.web.views.page import PageContext
from push import queries as inbox
from shops.inspections.inspectors import areas_to_inspect

PREFERENCE_LIFE_S = 365 * 86_400
_PACKING = 6


def reader_of(ctx: RequestContext) -> PageContext:
    """Who reads, and how: language and size from cookies, the language else from what the browser prefers."""
    return PageContext(
        lang=_language(ctx),
        big=ctx.request.cookies.get("big") == "1",
        path=page_behind(ctx.request),
        now=ctx.now,
        hotline=ctx.settings.hotline,
        actor=ctx.visitor,
        takes_gzip="gzip" in ctx.request.headers.get("accept-encoding", ""),
        wechat_sdk=wechat_sdk.address_for(ctx),
        is_in_wechat=wechat_sdk.is_inside(ctx),
    )


async def page_of(ctx: RequestContext) -> PageContext:
    """The reader's page, with unread messages and the emergencies of their areas for those who have an inbox."""
    page = reader_of(ctx)
    if page.actor is None or not page.has_inbox:
        return page
    inspects = not page.inspects_shops or bool(await areas_to_inspect(page.actor))
    frame = await inbox.get_frame(page.actor)
    return replace(page, unread=frame.unread, emergencies=frame.emergencies, inspects=inspects)


def html(
    template: str, page: PageContext, *, status: int = 200, names_somebody: bool = False, **facts: Any
) -> Response[bytes]:
    """The rendered page. `names_somebody`: see cache_policy.cache_control."""
    rendered = web.render(template, page, **facts)
    return answer(template, page, rendered, status=status, names_somebody=names_somebody)


def answer(
    template: str, page: PageContext, rendered: str, *, status: int = 200, names_somebody: bool = False
) -> Response[bytes]:
    """What was rendered by this template, packed where the browser can unpack."""
    content = rendered.encode()
    policy = cache_policy.cache_control(
        template, is_staff=page.has_inbox, names_somebody=names_somebody or status >= 500
    )
    headers = {"cache-control": policy, "vary": "accept-encoding, cookie"}
    if page.takes_gzip:
        content = gzip.compress(content, compresslevel=_PACKING)
        headers["content-encoding"] = "gzip"
    return Response(content, status_code=status, media_type=MediaType.HTML, headers=headers)


def see_other(path: str, cookies: list[Cookie] | None = None) -> Redirect:
    return Redirect(path, status_code=303, cookies=cookies or [])


def own_path(path: str | None, otherwise: str = "/") -> str:
    """A path of this site and no other, whatever a link asked for; none that opens a session as it is followed."""
    is_own = path and path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if is_own and path and not _opens_session(path) else otherwise


def _opens_session(path: str) -> bool:
    """However it is written: a browser and the router take dots, doubled slashes and escapes for what they mean."""
    page, _, query = path.partition("?")
    return bool(query) and is_one_time(normpath(re.sub("/+", "/", unquote(page))))


def problem_of(page: PageContext, error: AppError, stored: str = "", then: str = "") -> dict[str, str]:
    """An error as a page tells it: what happened, which field it is about, what is kept, what next."""
    return {"title": page.tell(error), "field": marked_fields.field_of(error), "kept": stored, "next": then}


def _language(ctx: RequestContext) -> str:
    language = ctx.request.cookies.get("lang", "")
    if language in LANGUAGES:
        return language
    ranges = (part.strip()[:2].lower() for part in ctx.request.headers.get("accept-language", "").split(","))
    return next((lang for lang in ranges if lang in LANGUAGES), LANGUAGES[0])
