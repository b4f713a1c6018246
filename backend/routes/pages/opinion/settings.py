"""What the desk says of a warning and does with it, and what its town accepts."""

from math import isfinite

from litestar import Response, post
from litestar.datastructures import FormMultiDict

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest, NotFound
from backend.geo.area_codes import TOWN_CHARS
from backend.orders.model.errors import NumberUnknown
from backend.public_opinion import handling, towns, verdicts
from backend.public_opinion.structs import WarningVerdict
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_number, word, words
from backend.routes.pages.opinion import asking, matter, week

_NUL = "\x00"
_AREA_CHARS, _DAY_CHARS, _NUMBER_CHARS, _ORDER_CHARS = 12, 10, 8, 24


@post("/opinion/warnings/{matter_id:int}", guards=[requires(Permission.DISPATCH_ORDERS)], include_in_schema=False)
async def judge_warning(ctx: Ctx, matter_id: Id) -> Response:
    form = await read_form(ctx)
    try:
        verdict = WarningVerdict(word(form, "verdict"))
    except ValueError:
        return await matter.page(ctx, matter_id, BadRequest("verdict-missing"))
    await verdicts.judge(matter_id, verdict, ctx.actor, ctx.now)
    return base.see_other(asking.matter_address(matter_id))


@post(
    "/opinion/warnings/{matter_id:int}/take-up", guards=[requires(Permission.DISPATCH_ORDERS)], include_in_schema=False
)
async def take_up_warning(ctx: Ctx, matter_id: Id) -> Response:
    form = await read_form(ctx)
    typed = {"form": "take-up", "reason": _said(form), "number": word(form, "number", _ORDER_CHARS).replace(_NUL, "")}
    case_id = row_number(form, "case") or None
    try:
        await handling.take_up(
            matter_id, ctx.actor, ctx.now, reason=typed["reason"], number=typed["number"], case_id=case_id
        )
    except AppError as error:
        return await _refused(ctx, matter_id, error, typed)
    return base.see_other(asking.matter_address(matter_id))


@post(
    "/opinion/warnings/{matter_id:int}/put-aside",
    guards=[requires(Permission.DISPATCH_ORDERS)],
    include_in_schema=False,
)
async def put_warning_aside(ctx: Ctx, matter_id: Id) -> Response:
    reason = _said(await read_form(ctx))
    try:
        await handling.put_aside(matter_id, reason, ctx.actor, ctx.now)
    except AppError as error:
        return await _refused(ctx, matter_id, error, {"form": "put-aside", "reason": reason, "number": ""})
    return base.see_other(asking.matter_address(matter_id))


@post("/opinion/settings", guards=[requires(Permission.SET_WARNINGS)], include_in_schema=False)
async def set_accepted_rate(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    area = await asking.area_of(ctx, word(form, "area", _AREA_CHARS))
    shown, typed = asking.week_of(ctx, word(form, "week", _DAY_CHARS)), word(form, "accepted", _NUMBER_CHARS)
    try:
        quiet_days = row_number(form, "quiet_days")
        await towns.accept(area[:TOWN_CHARS], _number(typed), ctx.actor, ctx.now, quiet_days)
    except AppError as error:
        return await week.page(ctx, area, shown, error, typed)
    return base.see_other(asking.address(area, shown, "rates"))


def _said(form: FormMultiDict) -> str:
    return words(form, "reason").replace(_NUL, "")


async def _refused(ctx: Ctx, matter_id: int, error: AppError, typed: dict[str, str]) -> Response:
    """With what was typed; a matter that is not there has no page."""
    if isinstance(error, NotFound) and not isinstance(error, NumberUnknown):
        raise error
    return await matter.page(ctx, matter_id, error, typed)


def _number(typed: str) -> float:
    """0 for what is none, which nobody may accept."""
    try:
        found = float(typed.replace(",", "."))
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0
