"""我的评效: the own figures of whoever is signed in, those of their unit, and the cases behind them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.accounts.structs import Actor, Role
from backend.evaluation.appeals.cases import list_cases
from backend.evaluation.appeals.reads import list_own
from backend.evaluation.appeals.structs import CountedCase
from backend.evaluation.people import areas_of_person, score_people
from backend.evaluation.settings import EvaluationRules, read_rules
from backend.evaluation.structs import LEAST_N, LEAST_PEOPLE, MEASURES_OF, MeasureScores, ScoredKind, SubjectScore
from backend.evaluation.units import score_units_in
from backend.geo.area_sql import outermost
from backend.items import queries as items
from backend.orders.desk import reading
from backend.routes.actions.indicator_filters import FigureQuery, read_period
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.evaluation.unit_page import bar_of_score, measure_of, unit_name
from backend.web.views.interval_bars import IntervalBar
from backend.web.views.page import PageContext

Scores = Mapping[str, MeasureScores]


class ScoredSubject(NamedTuple):
    """Whose page it is. `path`: its address."""

    kind: ScoredKind
    id: int
    areas: Sequence[str]
    title: str
    path: str


class MeasureRow(NamedTuple):
    code: str
    name: str
    score: SubjectScore | None
    bar: IntervalBar | None
    left_out: int


@get("/evaluation/me", guards=[signed_in], include_in_schema=False)
async def show_own_scores(ctx: Ctx) -> Response:
    said = ctx.request.query_params
    query = FigureQuery("", read_period(said.get("first", ""), said.get("last", ""), ctx.now))
    is_unit = said.get("of") == ScoredKind.UNIT and works_for_unit(ctx.actor)
    subject = await (_own_unit if is_unit else _oneself)(ctx)
    score = score_units_in if is_unit else score_people
    async with reading():
        rules = await read_rules(next(iter(subject.areas), ""))
        scores = await score(subject.areas, query.period, MEASURES_OF[subject.kind], rules.all_classes)
        cases = await cases_behind(ctx, query, subject)
    return await subject_page(ctx, query, subject, scores, rules, cases, is_own=True)


async def subject_page(
    ctx: RequestContext,
    query: FigureQuery,
    subject: ScoredSubject,
    scores: Scores,
    rules: EvaluationRules,
    cases: Sequence[CountedCase],
    *,
    is_own: bool = False,
) -> Response:
    """The one page of a person's figures, whoever reads it; of a unit's for whoever works for it."""
    page, measures = await base.page_of(ctx), MEASURES_OF[subject.kind]
    measure = _measure(ctx, subject)
    rows = _rows(page, scores, subject.id, measures)
    return base.html(
        "evaluation/person.html",
        page,
        query=query,
        kind=subject.kind,
        title=subject.title,
        path=subject.path,
        is_own=is_own,
        has_unit=is_own and works_for_unit(ctx.actor),
        rows=rows,
        measure=measure,
        measure_name=next(row.name for row in rows if row.code == measure),
        cases=cases,
        names=await items.list_names(),
        appeals=await list_own(ctx.actor) if is_own else [],
        appeal_days=rules.appeal_days,
        least=LEAST_N,
        least_people=LEAST_PEOPLE,
    )


async def cases_behind(ctx: RequestContext, query: FigureQuery, subject: ScoredSubject) -> list[CountedCase]:
    """Those of the measure that the address names."""
    return await list_cases(subject.areas, query.period, _measure(ctx, subject), subject.kind, subject.id)


def _measure(ctx: RequestContext, subject: ScoredSubject) -> str:
    return measure_of(ctx.request.query_params.get("measure"), MEASURES_OF[subject.kind])


def works_for_unit(actor: Actor) -> bool:
    return actor.unit_id is not None and bool(actor.areas_of(Role.HANDLER))


def _rows(page: PageContext, scores: Scores, subject_id: int, measures: Sequence[str]) -> list[MeasureRow]:
    return [_row(page, code, scores[code], subject_id) for code in measures]


def _row(page: PageContext, code: str, found: MeasureScores, subject_id: int) -> MeasureRow:
    score = next((each for each in found.scores if each.subject_id == subject_id), None)
    bar, left_out = bar_of_score(score) if score else None, found.left_out.get(subject_id, 0)
    return MeasureRow(str(code), page.t(f"evaluation.measure.{code}"), score, bar, left_out)


async def _oneself(ctx: RequestContext) -> ScoredSubject:
    title = base.reader_of(ctx).t("evaluation.me")
    return ScoredSubject(ScoredKind.PERSON, ctx.actor.account_id, areas_of_person(ctx.actor), title, "/evaluation/me")


async def _own_unit(ctx: RequestContext) -> ScoredSubject:
    unit_id = ctx.actor.unit_id or 0
    label = (await accounts.list_unit_labels([unit_id]))[unit_id]
    areas = outermost(ctx.actor.areas_of(Role.HANDLER))
    return ScoredSubject(ScoredKind.UNIT, unit_id, areas, unit_name(base.reader_of(ctx), label), "/evaluation/me")
