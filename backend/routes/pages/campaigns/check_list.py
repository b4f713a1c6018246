"""排查: what somebody who goes has to do now. The code of a plate leads to the target at which it hangs."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from litestar import Response, get
from litestar.response import Redirect

from backend.campaigns.forms import storing
from backend.campaigns.rounds import own_tasks
from backend.campaigns.rounds.structs import OwnTask
from backend.errors import AppError
from backend.routes.actions import scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.campaigns.check_page import PHOTOS_OF_A_FIELD, CheckDraft
from backend.web.views import campaign_form
from backend.web.views.campaign_form import FormRow
from qr import queries as qr
from qr.codes import Code

_DONE = ("done", "again")


class CheckForm(NamedTuple):
    """`name`: by which a task names it."""

    name: str
    form_id: int
    rows: list[FormRow]


@get("/checks", guards=[signed_in], include_in_schema=False)
async def show_checks(ctx: Ctx) -> Response | Redirect:
    """The list; from a code with one target the way leads to it at once."""
    typed, nonce = _typed(ctx)
    tasks, problem = await own_tasks.list_own(ctx.actor), None
    if typed:
        try:
            code, here = await _at_plate(ctx, typed, nonce, tasks)
        except AppError as error:
            return await _page(ctx, tasks, error)
        if len(here) == 1:
            return base.see_other(f"/checks/{here[0].id}?code={code}&nonce={nonce}")
        return await _page(ctx, here, problem, is_here=True)
    return await _page(ctx, tasks, problem)


@get("/checks/kept", include_in_schema=False)
async def show_checks_offline(ctx: Ctx) -> Response:
    """Stands in without network: a frame alone, which the phone fills with the list and the forms that it keeps."""
    return base.html("campaigns/kept.html", base.reader_of(ctx))


@get("/checks/forms", guards=[signed_in], include_in_schema=False)
async def show_check_forms(ctx: Ctx) -> Response:
    """The forms of what this person has to do now, empty, each kind of target once: the phone keeps them."""
    page, tasks = base.reader_of(ctx), await own_tasks.list_own(ctx.actor)
    versions = await storing.find_forms(sorted({task.form_id for task in tasks}))
    forms = [
        CheckForm(f"{form_id}-{kind}", form_id, campaign_form.rows_of(versions[form_id].content, page, kind))
        for form_id, kind in sorted({(task.form_id, task.kind) for task in tasks})
    ]
    facts = {"draft": CheckDraft(), "photos_most": PHOTOS_OF_A_FIELD}
    return base.html("campaigns/check_forms.html", page, forms=forms, **facts)


def _typed(ctx: RequestContext) -> tuple[str, str]:
    query = ctx.request.query_params
    return query.get("code", "")[:200].strip(), query.get("nonce", "")[:64]


async def _at_plate(
    ctx: RequestContext, typed: str, nonce: str, tasks: Sequence[OwnTask]
) -> tuple[Code, list[OwnTask]]:
    """Which of the tasks lie where this plate hangs. Raises what reading a code raises."""
    async with scanning.counting_misses(ctx, typed, nonce or None) as code:
        assert code is not None  # something was typed
        place = (await qr.resolve(code)).place
    return code, [task for task in tasks if place is not None and task.place_id == place.id]


async def _page(
    ctx: RequestContext, tasks: Sequence[OwnTask], problem: AppError | None, *, is_here: bool = False
) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    groups = [list(group) for _, group in groupby(tasks, key=lambda task: task.campaign_id)]
    done = query.get("done", "")
    return base.html(
        "campaigns/checks.html",
        page,
        status=problem.status if problem else 200,
        groups=groups,
        is_here=is_here,
        is_whole=not is_here and problem is None,
        is_cut=len(tasks) >= own_tasks.LIST_MOST,
        done=done if done in _DONE else "",
        orders=query.get("orders", "0")[:3] if query.get("orders", "").isdecimal() else "0",
        problem=base.problem_of(page, problem) if problem else None,
    )
