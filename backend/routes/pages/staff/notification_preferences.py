"""What one is called for and when, as a page. What was typed and refused comes back into the form."""

from litestar import Response, get, post

from backend.errors import Invalid
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from push import preferences
from push.gateways.wecom import runtime as wecom
from push.preferences import KINDS, Preferences, SetPreferences
from push.wording import KINDS as TITLES

_TIME_CHARS = 8
_TIMES = ("quiet_from", "quiet_until", "digest_at")
_KINDS = [(kind, *titles) for kind, titles in TITLES.items()]


@get("/inbox/preferences", guards=[signed_in], include_in_schema=False)
async def show_preferences(ctx: Ctx) -> Response:
    current = await preferences.get_preferences(ctx.actor.account_id)
    return await _page(ctx, current, saved="saved" in ctx.request.query_params)


@post("/inbox/preferences", guards=[signed_in], include_in_schema=False)
async def set_preferences(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    rings = {str(kind) for kind in form.getall("rings", [])}
    times = {name: word(form, name, _TIME_CHARS) or None for name in _TIMES}
    changes = SetPreferences(**times, muted=[kind for kind in KINDS if kind not in rings])
    try:
        await preferences.set_preferences(ctx.actor.account_id, changes, ctx.now)
    except Invalid as error:
        return await _page(ctx, Preferences(**times, muted=changes.muted), problem=error)
    return base.see_other("/inbox/preferences?saved=1")


async def _page(
    ctx: RequestContext, current: Preferences, *, saved: bool = False, problem: Invalid | None = None
) -> Response:
    page = await base.page_of(ctx)
    has_wecom = page.is_staff and wecom.current_runtime() is not None
    facts = {
        "has_wecom": has_wecom,
        "current": current,
        "kinds": _KINDS,
        "saved": saved,
        "problem": problem and base.problem_of(page, problem),
    }
    return base.html("staff/notification_preferences.html", page, status=422 if problem else 200, **facts)
