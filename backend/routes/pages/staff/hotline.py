"""Cases of 12345 and 110 beside their order: the platform's clock, what was done towards it, and the forms for more."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError
from backend.intake.hotline import access, acts, queries
from backend.intake.hotline.errors import TaskUnknown
from backend.intake.hotline.kinds import ExtensionCode, ReturnCode
from backend.intake.hotline.structs import (
    ContactDraft,
    ExtensionDraft,
    FeedbackDraft,
    HotlineTaskView,
    ReturnDraft,
)
from backend.intake.sources.structs import SourceKind
from backend.orders import reads
from backend.orders.reads.views import OrderDetail
from backend.orders.transitions.transition import TransitionContext
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, read_form, row_number, words
from backend.routes.pages.staff.form_reading import FieldUnreadable
from backend.routes.pages.staff.work import where_of
from media.structs import Audience

_OF_PLATFORMS = (SourceKind.HOTLINE, SourceKind.POLICE)
_SAID: Mapping[str, str] = {}
_Act = tuple[type[msgspec.Struct], tuple[str, ...], Callable[[int, Any, TransitionContext], Awaitable[None]]]
ACTS: dict[str, _Act] = {
    "contact": (ContactDraft, ("result", "tries", "note"), acts.record_contact),
    "return": (ReturnDraft, ("code", "reason"), acts.request_return),
    "extension": (ExtensionDraft, ("code", "reason", "days"), acts.request_extension),
    "feedback": (FeedbackDraft, ("words",), acts.send_feedback),
}
"""By the end of a form's address: what it brings, its fields of words, and the verb."""


async def tasks_of(order: OrderDetail) -> list[HotlineTaskView]:
    """The cases to be shown beside an order; none for who is not staff of it."""
    may_be_one = order.source_kind in _OF_PLATFORMS or order.merged
    if order.audience is not Audience.STAFF or not may_be_one:
        return []
    return await queries.list_for_staff(order.id)


@get("/o/{order_id:int}/hotline", guards=[signed_in], include_in_schema=False)
async def show_hotline(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _page(ctx, order_id)


@post("/o/{order_id:int}/hotline/{act:str}", guards=[signed_in], include_in_schema=False)
async def act_on_case(ctx: Ctx, order_id: FromPath[int], act: FromPath[str]) -> Response:
    if act not in ACTS:
        raise TaskUnknown
    form = await read_form(ctx)
    kind, names, verb = ACTS[act]
    try:
        await verb(row_number(form, "task"), _draft(kind, names, form), context_of_form(ctx, form))
    except AppError as error:
        return await _page(ctx, order_id, error, act, {name: words(form, name) for name in names})
    return base.see_other(f"/o/{order_id}/hotline?done={act}")


def _draft(kind: type[msgspec.Struct], names: tuple[str, ...], form: FormMultiDict) -> Any:
    """Raises FieldUnreadable, WordsTooLong."""
    said: dict[str, Any] = {name: typed for name in names if (typed := words(form, name))}
    if "photo_ids" in kind.__struct_fields__:
        said["photo_ids"] = [str(each) for each in form.getall("photo_ids", [])]
    try:
        return msgspec.convert(said, kind, strict=False)
    except msgspec.ValidationError as error:
        missing = [name for name in names if name not in said] or list(names)
        raise FieldUnreadable([f"hotline_{name}" for name in missing[:1]]) from error


async def _page(
    ctx: RequestContext, order_id: int, error: AppError | None = None, act: str = "", said: Mapping[str, str] = _SAID
) -> Response:
    """With an error, what stood in the way, and that form as it was left."""
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    order = await reads.get_order(order_id, ctx.actor, page.now)
    tasks = await tasks_of(order)
    if not tasks:
        raise TaskUnknown
    return base.html(
        "staff/hotline.html",
        page,
        status=error.status if error else 200,
        order=order,
        where=where_of(order),
        tasks=tasks,
        may_contact=access.may_contact(order, ctx.actor),
        may_act=access.may_act(order, ctx.actor),
        photos=order.photos,
        return_codes=list(ReturnCode),
        extension_codes=list(ExtensionCode),
        key=str(uuid4()),
        done=done if done in ACTS else "",
        act=act,
        said=said,
        problem=base.problem_of(page, error, stored=page.t("more.kept")) if error else None,
    )
