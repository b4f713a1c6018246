"""From a move's plain form to what its verb takes. What was typed and which photos came is kept in case of refusal."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec
from litestar.datastructures import FormMultiDict

from backend.errors import BadRequest, Invalid, Listing, Phrase
from backend.orders.model.inputs import Verify
from backend.orders.reads import finding
from backend.routes.http.request_context import RequestContext
from backend.routes.pages.forms import take_photos as take_form_photos
from backend.routes.pages.forms import word, words
from backend.routes.pages.staff.transition_forms import TransitionForm
from media.structs import PhotoView

_AT = re.compile(r"\$\.(\w+)")


class FieldsMissing(Invalid):
    code = "fields-missing"

    def __init__(self, names: Iterable[str]) -> None:
        listed = list(names)
        super().__init__(values={"names": _labels(listed)}, missing=listed)


class FieldUnreadable(Invalid):
    code = "field-unreadable"

    def __init__(self, names: Iterable[str]) -> None:
        listed = list(names)
        super().__init__(values={"names": _labels(listed)}, fields=listed)


class NotConfirmed(Invalid):
    code = "not-confirmed"


@dataclass(frozen=True, slots=True)
class TransitionDraft:
    """A form as its reader left it. An empty one opens nothing."""

    move: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    photos: dict[str, list[PhotoView]] = field(default_factory=dict)

    def photo_ids(self, name: str) -> list[UUID]:
        return [photo.id for photo in self.photos.get(name, [])]

    def said(self, name: str) -> str:
        return self.words.get(name, "")


def draft_of(move: TransitionForm, form: Mapping[str, Any]) -> TransitionDraft:
    """What was typed, per field; an answer of one's own (`<field>_other`) goes before a chosen one."""
    plain = [each.name for each in move.fields if not each.takes_photos]
    return TransitionDraft(move.name, {name: words(form, f"{name}_other") or words(form, name) for name in plain})


async def read(ctx: RequestContext, move: TransitionForm, draft: TransitionDraft, form: FormMultiDict) -> Any:
    """What the verb takes. Raises NotConfirmed, FieldsMissing, FieldUnreadable, NumberUnknown, what photos refuse."""
    await take_photos(ctx, move, draft, form)
    if missing := [each.name for each in move.fields if each.is_required and not _has_value(draft, each.name)]:
        raise FieldsMissing(missing)
    if move.is_final and not words(form, "sure"):
        raise NotConfirmed
    body: dict[str, Any] = {name: said for name, said in draft.words.items() if said}
    body |= {name: draft.photo_ids(name) for name in draft.photos}
    if "into_id" in body:
        body["into_id"] = await finding.get_id(body["into_id"], ctx.actor)
    try:
        return msgspec.convert(body, move.brings, strict=False)
    except msgspec.ValidationError as error:
        raise FieldUnreadable(_AT.findall(str(error))) from error


def verdict_of(form: Mapping[str, Any], draft: TransitionDraft) -> Verify:
    """What a verifier says. Raises BadRequest where neither answer was given."""
    try:
        return msgspec.convert({"result": word(form, "result"), "note": draft.said("note")}, Verify)
    except msgspec.ValidationError as error:
        raise BadRequest("verdict-not-chosen") from error


async def take_photos(ctx: RequestContext, move: TransitionForm, draft: TransitionDraft, form: FormMultiDict) -> None:
    """Photos that came now, and those that came with a form that was refused. Raises what of them was not taken."""
    fields = {each.name: each.name for each in move.fields if each.takes_photos}
    uploaded = await take_form_photos(ctx, form, fields, ctx.actor)
    draft.photos.update(uploaded.stored)
    uploaded.check()


def _has_value(draft: TransitionDraft, name: str) -> bool:
    return bool(draft.words.get(name) or draft.photos.get(name))


def _labels(names: list[str]) -> Listing:
    return Listing([Phrase(f"field.{name}") for name in names])
