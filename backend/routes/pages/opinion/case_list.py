"""The orders behind a word or a matter, each a link to the order."""

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.public_opinion import cases, queries
from backend.public_opinion.cases import CaseQuestion
from backend.public_opinion.errors import MatterMissing
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import row_number
from backend.routes.pages.opinion import asking

_ROWS = 50


@get("/opinion/cases", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_cases(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    week = asking.week_of(ctx, query.get("week"))
    question = await _question(ctx)
    found = await cases.list_cases(question, ctx.actor, limit=_ROWS, cursor=query.get("cursor"))
    return base.html(
        "opinion/case_list.html",
        await base.page_of(ctx),
        question=question,
        back=asking.address(question.area_code, week),
        said={name: query[name] for name in ("area", "week", "word", "matter") if name in query},
        cases=found.items,
        next_cursor=found.next_cursor,
    )


async def _question(ctx: RequestContext) -> CaseQuestion:
    """Of a matter, or of a word in an area and week; each within the reader's areas. Raises MatterMissing."""
    query = ctx.request.query_params
    if matter_id := row_number(query, "matter"):
        question = await cases.ask_by_matter(matter_id)
        queries.require_area(ctx.actor, question.area_code)
        return question
    area = await asking.area_of(ctx, query.get("area"))
    word_id = row_number(query, "word")
    if not word_id:
        raise MatterMissing
    return await cases.ask_by_word(area, word_id, asking.week_of(ctx, query.get("week")))
