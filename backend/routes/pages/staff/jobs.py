"""Jobs in trouble as a page: what is held or tries again, and a button to let it run now."""

from litestar import Response, get, post

from backend import logs
from backend.accounts.permissions import Permission
from backend.errors import BadRequest
from backend.events import pending
from backend.jobs import queries as jobs
from backend.jobs import queue
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word

_OPERATE = [requires(Permission.OPERATE)]
_ID_DIGITS = 18
_WORDED = {
    "WorkerDied": "died",
    "UnknownJob": "unknown",
    "ValidationError": "argument",
    "DecodeError": "argument",
    "TookTooLong": "too_long",
}
"""Errors that are said in words, by the end of the words' key; of the others the name is shown."""

log = logs.get_logger()


@get("/admin/jobs", guards=_OPERATE, include_in_schema=False)
async def show_jobs(ctx: Ctx) -> Response:
    requeued = ctx.request.query_params.get("requeued", "")
    return base.html(
        "staff/jobs.html",
        await base.page_of(ctx),
        state=await pending.get_state(),
        tried=await jobs.list_tried(),
        worded=_WORDED,
        requeued=int(requeued) if requeued.isdecimal() and len(requeued) <= _ID_DIGITS else None,
    )


@post("/admin/jobs", guards=_OPERATE, include_in_schema=False)
async def requeue_jobs(ctx: Ctx) -> Response:
    which = word(await read_form(ctx), "id", _ID_DIGITS)
    if which != "all" and not which.isdecimal():
        raise BadRequest("job-not-chosen")
    count = await queue.requeue(None if which == "all" else [int(which)])
    log.info("jobs_requeued", count=count, account_id=ctx.actor.account_id)
    return base.see_other(f"/admin/jobs?requeued={count}")
