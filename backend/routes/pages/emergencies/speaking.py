"""What is done on the command page, by plain forms: another level, the end, a broadcast, a line of the log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, post
from litestar.datastructures import FormMultiDict

from backend.calendars.rules import SHANGHAI
from backend.emergencies import broadcasts, modes, situation
from backend.emergencies.errors import EmergencyUnknown
from backend.emergencies.structs import BroadcastDraft, EntryDraft, LevelChange
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.emergencies.command import CommandDraft, command_page
from backend.routes.pages.forms import (
    FORM_MAX_BYTES,
    FormPhotos,
    read_form,
    read_key,
    row_number,
    take_photos,
    word,
    words,
)
from backend.words import REASON, fitting

_PHOTOS = {"photo": "photo_ids"}
_KEY_CHARS = 80


@post("/emergencies/{emergency_id:int}/level", guards=[signed_in], include_in_schema=False)
async def set_emergency_level(ctx: Ctx, emergency_id: Id) -> Response:
    form = await read_form(ctx)
    typed = {"level": word(form, "level", 1), "reason": words(form, "reason")}
    try:
        await modes.set_level(emergency_id, msgspec.convert(typed, LevelChange, strict=False), ctx.actor, ctx.now)
    except (msgspec.ValidationError, AppError) as error:
        return await _refused(ctx, emergency_id, CommandDraft("level", typed), error)
    return base.see_other(f"/emergencies/{emergency_id}")


@post("/emergencies/{emergency_id:int}/end", guards=[signed_in], include_in_schema=False)
async def end_emergency(ctx: Ctx, emergency_id: Id) -> Response:
    """转入常态: to the report."""
    reason = words(await read_form(ctx), "reason")
    try:
        if not reason:
            raise BadRequest("emergency-incomplete", field="reason")
        await modes.end(emergency_id, fitting(reason, REASON, "reason"), ctx.actor, ctx.now)
    except AppError as error:
        return await _refused(ctx, emergency_id, CommandDraft("end", {"reason": reason}), error)
    return base.see_other(f"/emergencies/{emergency_id}/report")


@post(
    "/emergencies/{emergency_id:int}/broadcasts",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def send_broadcast(ctx: Ctx, emergency_id: Id) -> Response:
    form = await read_form(ctx)
    typed: dict[str, Any] = {name: word(form, name, 20) for name in ("answer_kind", "group_id", "minutes")}
    typed |= {"text": words(form, "text"), "choices": words(form, "choices")}
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor, 1)
    draft = CommandDraft("broadcast", typed, photos.stored["photo_ids"])
    try:
        photos.check()
        said = msgspec.convert(_broadcast(typed, form, photos), BroadcastDraft, strict=False)
        sent_id = await broadcasts.send(emergency_id, said, ctx.actor, ctx.now, read_key(form, "key", _KEY_CHARS))
    except (msgspec.ValidationError, AppError) as error:
        return await _refused(ctx, emergency_id, draft, error)
    return base.see_other(f"/broadcasts/{sent_id}/receipts")


@post(
    "/emergencies/{emergency_id:int}/log",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def note_situation(ctx: Ctx, emergency_id: Id) -> Response:
    form = await read_form(ctx)
    typed = {name: words(form, name) for name in ("text", "place")} | {"happened_at": word(form, "happened_at", 25)}
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor, 3)
    draft = CommandDraft("log", typed, photos.stored["photo_ids"])
    try:
        photos.check()
        said = {**typed, "happened_at": _instant(typed["happened_at"]), "photo_ids": photos.ids("photo_ids")}
        await situation.note(emergency_id, msgspec.convert(said, EntryDraft), ctx.actor, ctx.now)
    except (msgspec.ValidationError, AppError) as error:
        return await _refused(ctx, emergency_id, draft, error)
    return base.see_other(f"/emergencies/{emergency_id}#log")


def _broadcast(typed: Mapping[str, Any], form: FormMultiDict, photos: FormPhotos) -> dict[str, Any]:
    choices = [line.strip() for line in typed["choices"].splitlines() if line.strip()]
    return {
        "text": typed["text"],
        "answer_kind": typed["answer_kind"],
        "choices": choices if typed["answer_kind"] == "choice" else [],
        "minutes": typed["minutes"],
        "group_id": row_number(form, "group_id") or None,
        "photo_ids": photos.ids("photo_ids"),
    }


def _instant(said: str) -> datetime | None:
    """A time of Shanghai as a browser writes it; nothing is now. Raises BadRequest."""
    if not said:
        return None
    try:
        return datetime.fromisoformat(said).replace(tzinfo=SHANGHAI)
    except ValueError as error:
        raise BadRequest("situation-time-wrong", field="happened_at") from error


async def _refused(ctx: RequestContext, emergency_id: int, draft: CommandDraft, error: Exception) -> Response:
    """The page again with what was written; what cannot be read is said in one sentence."""
    if isinstance(error, EmergencyUnknown):
        raise error
    why = error if isinstance(error, AppError) else BadRequest("emergency-incomplete")
    return await command_page(ctx, emergency_id, CommandDraft(draft.form, draft.typed, draft.photos, why))
