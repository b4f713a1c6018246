"""What is done with a record that waits, by plain forms: decide, find a place, mend, turn away, open what is sealed."""

from collections.abc import Awaitable
from dataclasses import replace

import msgspec
from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.intake.records import deciding, reading
from backend.intake.records.errors import RecordNotFound
from backend.intake.records.structs import Receipt, RecordDecision, RecordMending, TurnAway
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import lines, read_form, word, words
from backend.routes.pages.inspectors import place_choice
from backend.routes.pages.intake.case_page import CaseDraft, SealedParts, case, point_of
from backend.routes.pages.intake.record_list import DISPATCH
from backend.routes.pages.intake.record_queue import position_in

_MENDED = ("title", "text", "address", "class_code")


@post("/desk/intake/{record_id:int}", guards=DISPATCH, include_in_schema=False)
async def decide(ctx: Ctx, record_id: FromPath[int]) -> Response:
    """Open its order and go on to the next."""
    form = await read_form(ctx)
    draft = await _draft(ctx, form)
    try:
        draft.choice.check()
        if not draft.item:
            raise BadRequest("record-item-missing", field="item")
        receipt = await deciding.decide(record_id, await _decision(draft), ctx.actor, ctx.now)
    except AppError as error:
        return await _refused(ctx, record_id, draft, error)
    return await _settled(ctx, record_id, receipt)


@post("/desk/intake/{record_id:int}/place", guards=DISPATCH, include_in_schema=False, status_code=200)
async def choose_place(ctx: Ctx, record_id: FromPath[int]) -> Response:
    """The page again with places to choose from."""
    return await case(ctx, record_id, await _draft(ctx, await read_form(ctx)))


@post("/desk/intake/{record_id:int}/turn-away", guards=DISPATCH, include_in_schema=False)
async def turn_away(ctx: Ctx, record_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    draft = CaseDraft(words={"reason": words(form, "reason")})
    try:
        given = msgspec.convert({"reason": draft.words["reason"]}, TurnAway)
        await deciding.turn_away(record_id, given.reason, ctx.actor, ctx.now)
    except msgspec.ValidationError:
        return await _refused(ctx, record_id, draft, BadRequest("record-reason-missing", field="reason"))
    except AppError as error:
        return await _refused(ctx, record_id, draft, error)
    return base.see_other(position_in(ctx.request).after(record_id))


@post("/desk/intake/{record_id:int}/mend", guards=DISPATCH, include_in_schema=False)
async def mend(ctx: Ctx, record_id: FromPath[int]) -> Response:
    """Say what could not be read and try again; as it is where nothing was written."""
    form = await read_form(ctx)
    said = {name: lines(form, name) if name == "text" else words(form, name) for name in _MENDED}
    given = {name: value for name, value in said.items() if value}
    draft = CaseDraft(words=said)
    try:
        receipt = await _tried(record_id, given, ctx)
    except msgspec.ValidationError:
        return await _refused(ctx, record_id, draft, BadRequest("record-words-too-long"))
    except AppError as error:
        return await _refused(ctx, record_id, draft, error)
    return await _settled(ctx, record_id, receipt)


@post("/desk/intake/{record_id:int}/open", guards=DISPATCH, include_in_schema=False, status_code=200)
async def open_sealed(ctx: Ctx, record_id: FromPath[int]) -> Response:
    """The page with what is sealed, in this one answer; that it was opened is written down."""
    form = await read_form(ctx)
    try:
        if word(form, "part") == "contact":
            opened = SealedParts(contact=await reading.open_contact(record_id, ctx.actor, ctx.now))
        else:
            opened = SealedParts(messages=await reading.open_messages(record_id, ctx.actor, ctx.now))
    except AppError as error:
        return await _refused(ctx, record_id, CaseDraft(), error)
    return await case(ctx, record_id, CaseDraft(opened=opened))


def _tried(record_id: int, given: dict[str, str], ctx: RequestContext) -> Awaitable[Receipt]:
    if not given:
        return deciding.retry(record_id, ctx.actor, ctx.now)
    return deciding.mend(record_id, msgspec.convert(given, RecordMending), ctx.actor, ctx.now)


async def _draft(ctx: RequestContext, form: FormMultiDict) -> CaseDraft:
    choice = await place_choice.read(ctx, form)
    return CaseDraft(item=word(form, "other", 8) or word(form, "item", 8), choice=choice)


async def _decision(draft: CaseDraft) -> RecordDecision:
    """Where it is: the chosen place, else where the record's own clues lead."""
    place_id = await place_choice.place_id_of(draft.choice)
    return RecordDecision(item_code=draft.item, place_id=place_id or None, point=point_of(draft.choice))


async def _settled(ctx: RequestContext, record_id: int, receipt: Receipt) -> Response:
    """On to the next one, unless a person still has to say something of this one."""
    position = position_in(ctx.request)
    return base.see_other(position.after(record_id) if receipt.order_id else position.at(record_id))


async def _refused(ctx: RequestContext, record_id: int, draft: CaseDraft, error: AppError) -> Response:
    if isinstance(error, RecordNotFound):
        raise error
    return await case(ctx, record_id, replace(draft, error=error))
