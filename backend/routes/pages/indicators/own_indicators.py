"""A town's own indicators as a form: added, changed by a version more, retired; a wrong expression says where."""

import msgspec
from litestar import Response, get, post

from backend.errors import AppError
from backend.indicators.access import areas_of
from backend.indicators.errors import IndicatorIncomplete
from backend.indicators.measures import MEASURES
from backend.indicators.measures.percentiles import PERCENTILES
from backend.indicators.registry import service as registry
from backend.indicators.registry.definitions import list_indicators
from backend.indicators.registry.inputs import IndicatorDraft
from backend.indicators.structs import Direction, IndicatorUnit
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.indicators.indicator_list import READ, Code, areas_in
from backend.routes.pages.indicators.indicator_page import versions_of

_CODES = ("code", "area_code", "unit", "direction")
_WORDS = ("name_zh", "name_en", "numerator", "denominator", "exclusions", "source")


@get("/own-indicators", guards=READ, include_in_schema=False)
async def show_own(ctx: Ctx) -> Response:
    code = ctx.request.query_params.get("code", "")[:60]
    return await _own(ctx, await _typed(ctx, code) if code else dict.fromkeys((*_CODES, *_WORDS), ""))


@post("/own-indicators", guards=READ, include_in_schema=False)
async def set_own(ctx: Ctx) -> Response:
    """Add one, or a version of one; the form again with what was typed where it is refused."""
    form = await read_form(ctx)
    typed = {name: word(form, name, 40) for name in _CODES} | {name: words(form, name) for name in _WORDS}
    try:
        await registry.set_indicator(_draft(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await _own(ctx, typed, error)
    return base.see_other(f"/indicators/{typed['code']}?area={typed['area_code']}")


@post("/own-indicators/{code:str}/retire", guards=READ, include_in_schema=False)
async def retire_own(ctx: Ctx, code: Code) -> Response:
    try:
        await registry.retire(code, ctx.actor, ctx.now)
    except AppError as error:
        return await _own(ctx, dict.fromkeys((*_CODES, *_WORDS), ""), error)
    return base.see_other("/own-indicators?done=retired")


def _draft(typed: dict[str, str]) -> IndicatorDraft:
    try:
        return msgspec.convert(typed, IndicatorDraft, strict=False)
    except msgspec.ValidationError as error:
        raise IndicatorIncomplete from error


async def _typed(ctx: RequestContext, code: str) -> dict[str, str]:
    """What the latest version says. Raises IndicatorUnknown."""
    latest = (await versions_of(ctx, code))[0]
    said = {name: str(getattr(latest, name)) for name in (*_CODES, "name_zh", "name_en", "numerator", "source")}
    return said | {"denominator": latest.denominator or "", "exclusions": latest.exclusions_zh}


async def _own(ctx: RequestContext, typed: dict[str, str], error: AppError | None = None) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "indicators/own.html",
        page,
        status=error.status if error else 200,
        own=[each for each in await list_indicators(areas_of(ctx.actor)) if each.area_code],
        typed=typed,
        areas=await areas_in(ctx),
        units=list(IndicatorUnit),
        directions=list(Direction),
        measures=[*MEASURES, *PERCENTILES.values()],
        done=ctx.request.query_params.get("done") == "retired",
        problem=base.problem_of(page, error) if error else None,
    )
