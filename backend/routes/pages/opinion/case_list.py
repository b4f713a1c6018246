"""The texts behind a word, each a link to its order; those of a matter stand on its own page."""

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.geo.area_codes import DISTRICT_CHARS
from backend.public_opinion import cases
from backend.public_opinion.cases import CaseQuestion
from backend.public_opinion.errors import MatterMissing
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import row_number, word
from backend.routes.pages.opinion import asking

ROWS = 50
_WORD_CHARS = 20


@get("/opinion/cases", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_cases(ctx: Ctx) -> Response:
    if matter_id := row_number(ctx.request.query_params, "matter"):
        return base.see_other(asking.matter_address(matter_id))
    return await _page(ctx)


async def _page(ctx: RequestContext) -> Response:
    query = ctx.request.query_params
    question = await _question(ctx)
    found = await cases.list_cases(question, ctx.actor, limit=ROWS, cursor=query.get("cursor"))
    return base.html(
        "opinion/case_list.html",
        await base.page_of(ctx),
        question=question,
        back=asking.address(question.area_code, asking.week_of(ctx, query.get("week"))),
        more={name: query[name] for name in ("area", "week", "word", "said") if name in query},
        cases=found.items,
        next_cursor=found.next_cursor,
    )


async def _question(ctx: RequestContext) -> CaseQuestion:
    """Of a word by number in a town or committee, of what it reads in a district. Raises MatterMissing."""
    query = ctx.request.query_params
    area, week = await asking.area_of(ctx, query.get("area")), asking.week_of(ctx, query.get("week"))
    if len(area) == DISTRICT_CHARS and (said := word(query, "said", _WORD_CHARS)) and "\x00" not in said:
        return await cases.ask_in_district(area, said, week)
    word_id = row_number(query, "word")
    if not word_id or len(area) == DISTRICT_CHARS:
        raise MatterMissing
    return await cases.ask_by_word(area, word_id, week)
