"""The page that a person sees when something went wrong. Without templates, so that it works when they do not."""

from html import escape
from urllib.parse import quote

from litestar import MediaType, Request, Response
from litestar.response import Redirect

from backend.routes.problem import Problem

_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title></head>
<body><main><h1>{title}</h1><p>{zh}</p><p lang="en">{en}</p><p><small>{status} · {request_id}</small></p></main></body>
</html>"""


def render_problem(request: Request, problem: Problem) -> Response:
    """Answer a person's browser: to the sign-in when that would help, else with a page that says what happened."""
    if problem.status == 401 and request.method == "GET":
        return Redirect(f"/sign-in?next={quote(request.scope['path'])}", status_code=303)
    page = _PAGE.format(
        title=escape(problem.title),
        zh=escape(problem.detail_zh),
        en=escape(problem.detail_en),
        status=problem.status,
        request_id=escape(problem.request_id),
    )
    return Response(page, status_code=problem.status, media_type=MediaType.HTML)
