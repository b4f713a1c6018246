"""异常配对: reporters and volunteers who meet again and again, and taking points back; the town's rules for rewards."""

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission
from backend.accounts.structs import Role
from backend.errors import AppError, BadRequest
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_ids, word, words
from backend.words import REASON, fitting
from grab_orders.ledgers import pairs, policies
from grab_orders.ledgers.points import reversing
from grab_orders.ledgers.structs import SetRewardRules

_REVIEW = [requires(Permission.REVIEW_REWARDS)]
_RULES = SetRewardRules.__struct_fields__
_LEVELS = (6, 9, 12)


@get("/committee/pairs", guards=_REVIEW, include_in_schema=False)
async def show_pairs(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/committee/pairs", guards=_REVIEW, include_in_schema=False)
async def take_points_back(ctx: Ctx) -> Response:
    """All that the ticked orders earned this volunteer."""
    form = await read_form(ctx)
    reason, account_ids, order_ids = words(form, "reason"), row_ids(form, "account_id"), row_ids(form, "order_id")
    try:
        if not reason:
            raise BadRequest("reason-missing")
        said = fitting(reason, REASON, "reason")
        account_id = account_ids[0] if account_ids else 0
        taken = await reversing.take_back_of_orders(account_id, order_ids, said, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"/committee/pairs?taken={taken}")


@post("/committee/rewards", guards=_REVIEW, include_in_schema=False)
async def set_reward_rules(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    said = {name: word(form, name, 6) for name in _RULES}
    try:
        rules = msgspec.convert(said, SetRewardRules, strict=False)
        await policies.set_rules(word(form, "area_code", 12), rules, ctx.actor, ctx.now)
    except msgspec.ValidationError:
        return await _page(ctx, BadRequest("reward-rules-not-valid"))
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other("/committee/pairs?set=1")


async def _page(ctx: RequestContext, problem: AppError | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    admin_areas = ctx.actor.areas_of(Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
    areas = sorted({area for area in admin_areas if len(area) in _LEVELS})
    own = next(iter(ctx.actor.areas_of(Role.COMMITTEE)), "")
    taken = query.get("taken", "")
    return base.html(
        "committees/pairs.html",
        page,
        status=problem.status if problem else 200,
        pairs=await pairs.list_pairs(ctx.actor, ctx.now),
        days=pairs.DAYS,
        least=pairs.PAIRS_FROM,
        share=pairs.SHARE_FROM,
        rules=await policies.find_rules(areas[0] if areas else own),
        rule_names=_RULES,
        areas=await names_of(areas),
        taken=taken if taken.isdecimal() and problem is None else "",
        is_set="set" in query and problem is None,
        problem=base.problem_of(page, problem) if problem else None,
    )
