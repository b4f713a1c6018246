"""What one is called for and when, as a page. What was typed and refused comes back into the form."""

import msgspec
from litestar import Response, get, post

from backend.errors import Invalid
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.web.views.page import PageContext
from push import preferences
from push.gateways.wecom import runtime as wecom
from push.kinds import GROUPS
from push.preferences import TIMES, Preferences, SetPreferences
from push.structs import MessageLanguage

_TIME_CHARS = 8


@get("/inbox/preferences", guards=[signed_in], include_in_schema=False)
async def show_preferences(ctx: Ctx) -> Response:
    current = await preferences.get_preferences(ctx.actor.account_id)
    return await _page(ctx, current, saved="saved" in ctx.request.query_params)


@post("/inbox/preferences", guards=[signed_in], include_in_schema=False)
async def set_preferences(ctx: Ctx) -> Response:
    form, current = await read_form(ctx), await preferences.get_preferences(ctx.actor.account_id)
    changes = SetPreferences(
        **{name: word(form, name, _TIME_CHARS) or None for name in TIMES},
        language=MessageLanguage.EN if form.get("language") == MessageLanguage.EN else MessageLanguage.ZH,
        muted=_muted(base.reader_of(ctx), {str(kind) for kind in form.getall("rings", [])}, current),
    )
    try:
        await preferences.set_preferences(ctx.actor.account_id, changes, ctx.now)
    except Invalid as error:
        return await _page(ctx, Preferences(**msgspec.structs.asdict(changes)), problem=error)
    return base.see_other("/inbox/preferences?saved=1")


def _muted(page: PageContext, rings: set[str], current: Preferences) -> list[str]:
    """What is not ticked, and what was muted of what the page does not offer."""
    offered = {kind for group in _offered(page).values() for kind in group}
    return sorted((offered - rings) | (set(current.muted) - offered))


def _offered(page: PageContext) -> dict[str, dict[str, tuple[str, str]]]:
    """The kinds that may come to this reader, by what they are about."""
    concerns = {
        "orders": True,
        "volunteers": page.volunteers or page.grabs or page.reviews_rewards,
        "shops": page.has_shop or page.reads_shops or page.dispatches,
        "intake": page.is_staff,
        "lifts": page.is_staff,
        "campaigns": page.is_staff or page.volunteers,
        "emergencies": page.is_staff,
        "evaluation": page.is_staff,
        "administration": page.is_committee or page.keeps_plates or page.decides_duty_changes,
    }
    return {name: kinds for name, kinds in GROUPS.items() if concerns[name]}


async def _page(
    ctx: RequestContext, current: Preferences, *, saved: bool = False, problem: Invalid | None = None
) -> Response:
    page = await base.page_of(ctx)
    has_wecom = page.is_staff and wecom.current_runtime() is not None
    facts = {
        "has_wecom": has_wecom,
        "current": current,
        "groups": _offered(page),
        "saved": saved,
        "problem": problem and base.problem_of(page, problem),
    }
    return base.html("staff/notification_preferences.html", page, status=422 if problem else 200, **facts)
