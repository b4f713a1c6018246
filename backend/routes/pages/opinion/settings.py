"""What the desk says of a warning, and how many by chance its town accepts."""

from math import isfinite

from litestar import Response, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import TOWN_CHARS
from backend.public_opinion import towns, verdicts
from backend.public_opinion.structs import WarningVerdict
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.routes.pages.opinion import asking, week

_AREA_CHARS, _DAY_CHARS, _NUMBER_CHARS = 12, 10, 8


@post("/opinion/warnings/{matter_id:int}", guards=[requires(Permission.DISPATCH_ORDERS)], include_in_schema=False)
async def judge_warning(ctx: Ctx, matter_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    area = await asking.area_of(ctx, word(form, "area", _AREA_CHARS))
    shown = asking.week_of(ctx, word(form, "week", _DAY_CHARS))
    try:
        verdict = WarningVerdict(word(form, "verdict"))
    except ValueError:
        return await week.page(ctx, area, shown, BadRequest("verdict-missing"))
    await verdicts.judge(matter_id, verdict, ctx.actor, ctx.now)
    return base.see_other(asking.address(area, shown, f"warning-{matter_id}"))


@post("/opinion/settings", guards=[requires(Permission.SET_WARNINGS)], include_in_schema=False)
async def set_accepted_rate(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    area = await asking.area_of(ctx, word(form, "area", _AREA_CHARS))
    shown, typed = asking.week_of(ctx, word(form, "week", _DAY_CHARS)), word(form, "accepted", _NUMBER_CHARS)
    try:
        await towns.accept(area[:TOWN_CHARS], _number(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await week.page(ctx, area, shown, error, typed)
    return base.see_other(asking.address(area, shown, "rates"))


def _number(typed: str) -> float:
    """0 for what is none, which nobody may accept."""
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0
