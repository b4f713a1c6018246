"""The page that a person sees when something went wrong: what happened, and what to do next."""

from urllib.parse import quote

from litestar import Request, Response

from backend.routes.http import dependencies
from backend.routes.http.problem_document import Problem
from backend.routes.pages import base, resumed_forms, wecom_entry
from backend.routes.pages.way_back import page_behind
from backend.web.staff_app.audiences import FROM_APP
from backend.web.views.homes import home_of

_EXPLAINED = (401, 403, 404, 409, 413, 429, 500)


def render_problem(request: Request, problem: Problem) -> Response:
    """Answer a person's browser: to the sign-in when that would help, else with a page that says what happened."""
    ctx = dependencies.context_of(request)
    if to_wecom := wecom_entry.lead_to_wecom(ctx, problem.status):
        return to_wecom
    if problem.status == 401 and request.method == "GET":
        return base.see_other(f"/sign-in?next={quote(page_behind(request))}")
    page = base.reader_of(ctx)
    if problem.status == 403 and page.actor is not None and _opened_by_app(request):
        return base.see_other(home_of(page.actor))
    kind = problem.status if problem.status in _EXPLAINED else 500 if problem.status > 500 else "other"
    shown = {
        "status": problem.status,
        "title": page.t(f"problem.{kind}.title"),
        "text": page.pick(problem.detail_zh, problem.detail_en),
        "next": page.t(f"problem.{kind}.next"),
        "request_id": problem.request_id,
        "carried": resumed_forms.carried_by(request),
    }
    return base.html("error.html", page, status=problem.status, problem=shown)


def _opened_by_app(request: Request) -> bool:
    """An app that somebody else put on this phone, or in another office, still opens the page of then."""
    return request.method == "GET" and FROM_APP in request.scope["query_string"].decode("latin-1").split("&")
