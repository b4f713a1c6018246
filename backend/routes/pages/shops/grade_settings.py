"""By what an area counts grades: its street or district reads and sets thresholds, weights, days and publicity."""

import re
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.errors import AppError
from backend.routes.actions.area_names import name_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.routes.pages.forms import read_form, word
from shops.grades import settings
from shops.grades.settings import GradesNotYours, SettingsUnreadable
from shops.grades.structs import GradeSettings

_POINTS, _WEIGHTS = ("a_from", "b_from"), ("first_weight", "repeat_weight", "overdue_weight")
_DAYS, _VISITS = ("window_days", "clean_days"), ("visit_days_a", "visit_days_b", "visit_days_c")
_NUMBERS = (*_POINTS, *_WEIGHTS, *_DAYS, *_VISITS)
_NUMBER = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?")
_PUBLICITY = ("is_public", "shows_rectifications")
GROUPS = {"thresholds": _POINTS, "weights": _WEIGHTS, "days": _DAYS, "visits": _VISITS}


@get("/shops/grade-settings", guards=[signed_in], include_in_schema=False)
async def show_settings(ctx: Ctx) -> Response:
    return await _page(ctx, _area(ctx, ctx.request.query_params.get("area")))


@post("/shops/grade-settings", guards=[signed_in], include_in_schema=False)
async def save_settings(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    area = _area(ctx, word(form, "area", 12))
    try:
        await settings.set_for(area, await _read(form, area), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, area, error, form)
    return base.see_other(f"/shops/grade-settings?area={area}&done=saved")


def _area(ctx: RequestContext, said: str | None) -> str:
    """The area that is asked for, else the first that the reader keeps. Raises GradesNotYours."""
    area = area_in(said) or next(iter(ctx.actor.areas_of(*settings.KEEPERS)), "")
    if not settings.may_set(ctx.actor, area):
        raise GradesNotYours
    return area


async def _read(form: FormMultiDict, area: str) -> GradeSettings:
    """What stands in no field stays as it is. Raises SettingsUnreadable."""
    typed = {name: word(form, name, 6) for name in _NUMBERS}
    if not all(_NUMBER.fullmatch(each) for each in typed.values()):
        raise SettingsUnreadable
    now = msgspec.structs.asdict((await settings.of_areas([area]))[area])
    try:
        return msgspec.convert(now | typed | _ticked(form), GradeSettings, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsUnreadable from error


def _ticked(form: FormMultiDict) -> dict[str, bool]:
    return {name: word(form, name, 1) == "1" for name in _PUBLICITY}


async def _page(
    ctx: RequestContext, area: str, error: AppError | None = None, form: FormMultiDict | None = None
) -> Response:
    page, by = await base.page_of(ctx), (await settings.of_areas([area]))[area]
    shown: dict[str, Any] = {name: f"{getattr(by, name):g}" for name in _NUMBERS}
    shown |= {name: getattr(by, name) for name in _PUBLICITY}
    if form is not None:
        shown = {name: word(form, name, 20) for name in _NUMBERS} | _ticked(form)
    return base.html(
        "shops/grade_settings.html",
        page,
        status=error.status if error else 200,
        area=area,
        name=await name_of(area),
        has_own=await settings.has_own(area),
        shown=shown,
        groups=GROUPS,
        done=ctx.request.query_params.get("done") == "saved" and not error,
        problem=base.problem_of(page, error, stored=page.t("shop.settings.kept")) if error else None,
    )
