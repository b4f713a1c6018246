"""苗头: one matter, what it stands on, its texts, what was done with it, and what the desk does now."""

from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.errors import AppError
from backend.public_opinion import cases, queries, steps
from backend.public_opinion.cases import OpinionCase
from backend.public_opinion.weeks import monday_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.opinion import asking
from backend.routes.pages.opinion.case_list import ROWS

_PLACES_MOST = 20
_NOTHING_TYPED = {"form": "", "reason": "", "number": ""}


@get("/opinion/matters/{matter_id:int}", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_matter(ctx: Ctx, matter_id: Id) -> Response:
    return await page(ctx, matter_id)


async def page(
    ctx: RequestContext, matter_id: int, error: AppError | None = None, typed: dict[str, Any] | None = None
) -> Response:
    """The page of a matter; with what was refused, as it was typed. Raises MatterMissing, OpinionAreaMissing."""
    matter = await queries.get_matter(matter_id)
    queries.require_area(ctx.actor, matter.area_code)
    question = await cases.ask_by_matter(matter_id)
    found = await cases.list_cases(question, ctx.actor, limit=ROWS, cursor=ctx.request.query_params.get("cursor"))
    shown = await base.page_of(ctx)
    return base.html(
        "opinion/matter.html",
        shown,
        status=error.status if error else 200,
        problem=base.problem_of(shown, error) if error else None,
        typed=typed or _NOTHING_TYPED,
        matter=matter,
        question=question,
        area_name=await queries.name_of(matter.area_code),
        back=asking.address(matter.area_code, monday_of(matter.last_on)),
        steps=await steps.list_steps(matter_id),
        cases=found.items,
        places=_places(found.items),
        next_cursor=found.next_cursor,
        deals=matter.is_warned and may_within(ctx.actor, Permission.DISPATCH_ORDERS, matter.area_code),
    )


def _places(found: list[OpinionCase]) -> list[OpinionCase]:
    """Orders at whose place a new one may be opened: one of each place, and those that lie at none."""
    return list({each.place or each.number: each for each in found if each.id}.values())[:_PLACES_MOST]
