"""Words and photos out of a page's plain form. What was refused comes back into the form: nothing is cut or lost."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from litestar.datastructures import FormMultiDict, UploadFile

from backend.accounts.structs import Actor
from backend.errors import AppError, Invalid, Listing, Phrase, TooMany
from backend.geo.lonlat import LonLat
from backend.orders.transitions.transition import TransitionContext
from backend.routes.http import posted_forms, quotas
from backend.routes.http.parameters import version_in
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey
from backend.words import plain
from media import queries as media_reads
from media import service as media
from media.structs import PhotoView

FORM_MAX_BYTES = 60_000_000
"""A form without scripts carries the photos as the camera made them: a few at a time."""
PHOTOS_MOST = 9
_FILENAME_CHARS = 40
_ID_DIGITS = 18


class TooManyPhotos(Invalid):
    code = "too-many-photos"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


@dataclass(frozen=True, slots=True)
class RefusedPhoto:
    """A photo of a form that was not taken: which of its field, counted from one, what its file is called, and why."""

    field: str
    number: int
    filename: str
    error: AppError

    @property
    def values(self) -> dict[str, Any]:
        return {"number": self.number, "filename": self.filename, "why": self.error}


class PhotosRefused(Invalid):
    """Some photos of a form were not taken; the others are kept. Names each by its place and its file."""

    code = "photos-refused"

    def __init__(self, refused: list[RefusedPhoto], stored: int) -> None:
        """`field`: that of the first."""
        phrases = [Phrase("photos-refused.photo", each.values) for each in refused]
        super().__init__(
            values={"refused": Listing(phrases, "list.semicolon")},
            codes=[each.error.code for each in refused],
            kept=stored,
            field=refused[0].field,
        )


@dataclass(frozen=True, slots=True)
class FormPhotos:
    """The photos of a form by the field that keeps them, and what stands in the way of those that were not taken."""

    stored: dict[str, list[PhotoView]] = field(default_factory=dict)
    refused: AppError | None = None

    def ids(self, name: str) -> list[UUID]:
        return [photo.id for photo in self.stored.get(name, [])]

    def check(self) -> None:
        """Raises what was refused."""
        if self.refused is not None:
            raise self.refused


async def read_form(ctx: RequestContext) -> FormMultiDict:
    return await posted_forms.form_of(ctx.request)


def word(form: Mapping[str, Any], name: str, most: int = 200) -> str:
    """A code, a key, a number, a choice: what is longer than those ever are reads as nothing."""
    value = form.get(name)
    found = value.strip() if isinstance(value, str) else ""
    return found if len(found) <= most else ""


def row_ids(form: FormMultiDict, name: str) -> list[int]:
    """The rows that were ticked or named, by number; what cannot be one is passed over."""
    said = (str(each) for each in form.getall(name, []))
    return [int(each) for each in said if each.isascii() and each.isdecimal() and len(each) <= _ID_DIGITS]


def row_number(form: Mapping[str, Any], name: str) -> int:
    """The row that a field names, by its number; 0 for what cannot be one."""
    said = word(form, name, _ID_DIGITS)
    return int(said) if said.isascii() and said.isdecimal() else 0


def typed_point(lng: str, lat: str) -> LonLat | None:
    """A position in WGS-84 out of two typed numbers; None where they are none."""
    try:
        return LonLat(float(lng), float(lat))
    except ValueError:
        return None


def new_key() -> IdempotencyKey:
    """A key for a form that came without one."""
    return IdempotencyKey(str(uuid4()))


def read_key(form: Mapping[str, Any], name: str, most: int) -> IdempotencyKey | None:
    """The phone's key of this form, from the field of that name; None without one."""
    return IdempotencyKey(key) if (key := word(form, name, most)) else None


def context_of_form(ctx: RequestContext, form: Mapping[str, Any]) -> TransitionContext:
    """Who sends the form of an order, under which key, and which version of it the page showed."""
    key, seen = read_key(form, "key", 80), version_in(word(form, "version", 9))
    return TransitionContext(actor=ctx.actor, now=ctx.now, idempotency_key=key, seen=seen)


def words(form: Mapping[str, Any], name: str) -> str:
    """What a person wrote, in plain form and uncut: who takes it counts it (backend.words)."""
    value = form.get(name)
    return plain(value) if isinstance(value, str) else ""


def lines(form: FormMultiDict, name: str) -> str:
    """The reasons that were ticked and what a person wrote under this name, one below the other, uncut."""
    said = [plain(each) for each in form.getall(name, []) if isinstance(each, str)]
    return "\n".join(each for each in dict.fromkeys(said) if each)


def brings_photos(form: FormMultiDict, fields: Mapping[str, str]) -> bool:
    """Whether there is any photo to take in, or one that was before."""
    return any(_files(form, files) or form.getall(again, []) for files, again in fields.items())


async def stored_photos(
    form: FormMultiDict, fields: Mapping[str, str], owner: Actor, now: datetime
) -> dict[str, list[PhotoView]]:
    """Those of `fields` (see `take_photos`) that were kept before; nothing new is taken in."""
    return {again: await _stored_before(form, again, owner, now) for again in fields.values()}


async def take_photos(
    ctx: RequestContext, form: FormMultiDict, fields: Mapping[str, str], owner: Actor, most: int = PHOTOS_MOST
) -> FormPhotos:
    """Take in each photo that can be taken, `most` of a field, and charge the owner's quota for each.

    `fields`: each field of files with the one in which the numbers of photos that were kept before come back.
    """
    stored = await stored_photos(form, fields, owner, ctx.now)
    refused: list[RefusedPhoto] = []
    for files, again in fields.items():
        stored[again] = stored[again][:most]
        for number, file in enumerate(_files(form, files), start=len(stored[again]) + 1):
            try:
                if len(stored[again]) >= most:
                    raise TooManyPhotos(most)
                await quotas.take(ctx, "photo", owner)
                receipt = await media.receive(owner.account_id, await file.read(), idempotency_key=None, now=ctx.now)
                stored[again].append(receipt.photo)
            except AppError as error:
                refused.append(RefusedPhoto(files, number, file.filename[-_FILENAME_CHARS:], error))
    return FormPhotos(stored, _why(refused, sum(map(len, stored.values()))))


def _why(refused: list[RefusedPhoto], stored: int) -> AppError | None:
    """What is not the photo's own fault is told as it is, with the time to wait."""
    errors = [each.error for each in refused]
    passing = (error for error in errors if isinstance(error, TooMany) or error.status >= AppError.status)
    return next(passing, PhotosRefused(refused, stored) if refused else None)


def _files(form: FormMultiDict, name: str) -> list[UploadFile]:
    """Empty file inputs aside."""
    return [part for part in form.getall(name, []) if isinstance(part, UploadFile) and part.filename]


async def _stored_before(form: FormMultiDict, name: str, owner: Actor, now: datetime) -> list[PhotoView]:
    """Those that came with a form that was refused, and are still there and the sender's own."""
    found: list[PhotoView] = []
    for said in form.getall(name, [])[:PHOTOS_MOST]:
        with suppress(ValueError):
            photo = await media_reads.find_photo(UUID(said), owner.account_id, now) if isinstance(said, str) else None
            found.extend([photo] if photo else [])
    return found
