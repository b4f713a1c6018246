"""人员评效: how the people of an area do, for its centre; and one of them, on the page that they see of themselves."""

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.accounts.permissions import Permission
from backend.evaluation.access import areas_of_people, require_people
from backend.evaluation.errors import PersonNotMeasured
from backend.evaluation.people import score_people
from backend.evaluation.settings import read_rules
from backend.evaluation.structs import MeasureScores, PersonMeasure, ScoredKind
from backend.orders.desk import reading
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.routes.actions.indicator_filters import FigureQuery, read_period
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.evaluation.own_page import ScoredSubject, cases_behind, subject_page
from backend.routes.pages.evaluation.unit_page import measure_of, rows_of, score_table

CENTRE = [requires(Permission.MEASURE_PEOPLE)]
MEASURES = tuple(PersonMeasure)
_AREA_CHARS, _AREAS_MOST = 13, 400


@get("/evaluation/people", guards=CENTRE, include_in_schema=False)
async def show_people(ctx: Ctx) -> Response:
    query, page = _query(ctx), await base.page_of(ctx)
    measure = measure_of(ctx.request.query_params.get("measure"), MEASURES)
    async with reading():
        rules = await read_rules(query.area)
        scored = await score_people([query.area], query.period, [measure], rules.all_classes)
    scores = scored[measure].scores
    names = await accounts.list_names([each.subject_id for each in scores])
    return await score_table(page, query, measure, rows_of(scores, names), await _areas(ctx), MEASURES, "people")


@get("/evaluation/people/{person_id:int}", guards=CENTRE, include_in_schema=False)
async def show_person(ctx: Ctx, person_id: Id) -> Response:
    """Within an area of the reader's alone. Raises NotYourFigures, PersonNotMeasured."""
    query, name = _query(ctx), (await accounts.list_names([person_id])).get(person_id, "")
    subject = ScoredSubject(ScoredKind.PERSON, person_id, [query.area], name, f"/evaluation/people/{person_id}")
    async with reading():
        rules = await read_rules(query.area)
        scores = await score_people([query.area], query.period, MEASURES, rules.all_classes)
        cases = await cases_behind(ctx, query, subject)
    if not any(_is_among(person_id, found) for found in scores.values()):
        raise PersonNotMeasured
    return await subject_page(ctx, query, subject, scores, rules, cases)


def _is_among(person_id: int, found: MeasureScores) -> bool:
    """Whether there is, or was before an appeal, a case of this person."""
    return person_id in found.left_out or any(each.subject_id == person_id for each in found.scores)


async def _areas(ctx: RequestContext) -> list[AreaName]:
    own = areas_of_people(ctx.actor)
    return await places.list_names(own, [area[:9] for area in own], _AREAS_MOST)


def _query(ctx: RequestContext) -> FigureQuery:
    """Raises NotYourFigures, PeriodWrong."""
    said = ctx.request.query_params
    area = require_people(ctx.actor, said.get("area", "")[:_AREA_CHARS] or None)
    return FigureQuery(area, read_period(said.get("first", ""), said.get("last", ""), ctx.now))
