"""评效设置: weights and classes of the index and the term of appeals, as a town or district decides, with history."""

import re
from collections.abc import Mapping

from litestar import Response, get, post

from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.errors import AppError
from backend.evaluation.errors import EvaluationNotYours
from backend.evaluation.settings import PARTS, EvaluationRules, list_history, may_set, read_rules, set_rules
from backend.evaluation.structs import Dimension
from backend.geo.area_codes import TOWN_CHARS
from backend.geo.area_sql import outermost
from backend.items import queries as items
from backend.places import queries as places
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words

SET = [requires(Permission.SET_EVALUATION)]
_LINE_CHARS, _AREAS_MOST = 300, 400
_SHOWN_CHARS = 2
"""The level of the dictionary that is offered; any of its codes may be typed."""
Typed = dict[str, str]


@get("/evaluation/settings", guards=SET, include_in_schema=False)
async def show_settings(ctx: Ctx) -> Response:
    area = _area(ctx, ctx.request.query_params.get("area", ""))
    return await _page(ctx, area, _typed_of(await read_rules(area)))


@post("/evaluation/settings", guards=SET, include_in_schema=False)
async def save_settings(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    area = _area(ctx, word(form, "area", 13))
    typed = {name: word(form, name, 8) for name in (*PARTS, "appeal_days")}
    typed |= {each.value: word(form, each.value, _LINE_CHARS) for each in Dimension} | {"reason": words(form, "reason")}
    try:
        await set_rules(area, _draft(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, area, typed, error)
    return base.see_other(f"/evaluation/settings?area={area}&saved=1")


def _area(ctx: RequestContext, said: str) -> str:
    """The town or district that is named, else the first of the reader's. Raises EvaluationNotYours."""
    area = (said or next(iter(_own(ctx)), ""))[:TOWN_CHARS]
    if not area.isascii() or not may_set(ctx.actor, area):
        raise EvaluationNotYours
    return area


def _own(ctx: RequestContext) -> list[str]:
    return outermost(permissions.areas_of(ctx.actor, Permission.SET_EVALUATION))


def _draft(typed: Mapping[str, str]) -> EvaluationRules:
    """What cannot be read as a number is -1, which nobody may set."""
    return EvaluationRules(
        weights={code: _number(typed[code]) for code in PARTS},
        classes={each: _codes(typed[each.value]) for each in Dimension},
        appeal_days=_number(typed["appeal_days"]),
        reason=typed["reason"],
    )


def _codes(line: str) -> tuple[str, ...]:
    said = re.split(r"[\s,，、;；]+", line.upper())
    return tuple(each for each in said if each)


def _number(said: str) -> int:
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= len("100") else -1


def _typed_of(rules: EvaluationRules) -> Typed:
    weights = {code: str(weight) for code, weight in rules.weights.items()}
    classes = {each.value: " ".join(rules.classes[each]) for each in Dimension}
    return {**weights, **classes, "appeal_days": str(rules.appeal_days), "reason": ""}


async def _page(ctx: RequestContext, area: str, typed: Typed, error: AppError | None = None) -> Response:
    page, own = await base.page_of(ctx), _own(ctx)
    named = {each.code: each.name for each in await places.list_names(own, [], _AREAS_MOST)}
    levels = await items.list_level_names()
    return base.html(
        "evaluation/settings.html",
        page,
        status=error.status if error else 200,
        area=area,
        area_name=named.get(area, area),
        areas=[(code, name) for code, name in named.items() if may_set(ctx.actor, code)],
        parts=PARTS,
        dimensions=list(Dimension),
        typed=typed,
        known=[(code, levels[code]) for code in sorted(levels) if len(code) == _SHOWN_CHARS],
        history=await list_history(area),
        saved=ctx.request.query_params.get("saved") == "1",
        problem=base.problem_of(page, error) if error else None,
    )
