"""What a source posts with its key: requests, and what it says of them afterwards."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from hashlib import sha256
from uuid import UUID

from litestar import Request, Response, post
from litestar.datastructures import UploadFile

from backend.errors import BadRequest
from backend.intake.open311 import pictures
from backend.intake.open311.client import peers
from backend.intake.open311.server import access, filing, updates
from backend.intake.open311.server.discovery import TEST_PATH
from backend.intake.open311.wire import formats
from backend.intake.open311.wire.forms import PostedForm
from backend.intake.sources import limits
from backend.intake.sources.errors import MessageTooLarge
from backend.intake.sources.structs import Source
from backend.intake.structs import PHOTOS_MOST
from backend.routes.actions import source_calls
from backend.routes.api.open311.answering import say
from backend.routes.http import posted_forms
from backend.routes.http.dependencies import Ctx
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext
from backend.structs import IdempotencyKey
from media import service as media

_BODY_MAX_BYTES, _WORDS_MAX_BYTES = 60_000_000, 256_000
"""Of a form with its pictures, of which each is held against the limit of the gate for photos; and of its words."""


class TooManyPictures(BadRequest):
    """`extra`: how many a request may have."""

    code = "open311-too-many-pictures"


@post(
    ["/requests.xml", "/requests.json"],
    status_code=200,
    include_in_schema=False,
    request_max_body_size=_BODY_MAX_BYTES,
)
async def file_request(ctx: Ctx) -> Response[bytes]:
    async with (
        _posted(ctx) as (form, files),
        source_calls.counted(ctx, access.name_in(form.value("api_key", most=200))),
    ):
        return await _file(ctx, form, files)


async def _file(ctx: RequestContext, form: PostedForm, files: Sequence[UploadFile]) -> Response[bytes]:
    source = await _open(ctx, form, files)
    prints = [await _print(file) for file in files]
    read = await filing.read(form, prints, ctx.now)
    links = filing.links_of(form)
    if _is_trial(ctx.request):
        return say("service_requests", [_receipt("test", "")], formats.of_path(ctx.request.scope["path"]))
    photo_ids = await _taken_in(files, prints, read.body_print, source, ctx)
    fetched_ids, links = await pictures.take_in(links, await peers.list_media_hosts(source.id), source, ctx.now)
    filed = await filing.file(read, source, [*photo_ids, *fetched_ids], links, form.raw(), ctx.now)
    row = _receipt(filed.service_request_id, filed.token)
    return say("service_requests", [row], formats.of_path(ctx.request.scope["path"]))


@post(["/servicerequestupdates.xml", "/servicerequestupdates.json"], status_code=200, include_in_schema=False)
async def take_update(ctx: Ctx) -> Response[bytes]:
    async with (
        _posted(ctx) as (form, files),
        source_calls.counted(ctx, access.name_in(form.value("api_key", most=200))),
    ):
        source = await _open(ctx, form, files)
        update = updates.read(form, ctx.now)
        update_no = "test" if _is_trial(ctx.request) else await updates.take(update, source, ctx.now)
    row = {"update_id": update_no, "account_id": ""}
    return say("service_request_updates", [row], formats.of_path(ctx.request.scope["path"]))


@asynccontextmanager
async def _posted(ctx: RequestContext) -> AsyncIterator[tuple[PostedForm, Sequence[UploadFile]]]:
    """The form and its files, of anybody. Raises MessageTooLarge, BadRequest."""
    ctx.runtime.limits.open311_by_address.take(address_of(ctx.request))
    too_large = MessageTooLarge(most=_WORDS_MAX_BYTES, length=_WORDS_MAX_BYTES + 1)
    files_most = PHOTOS_MOST + 1
    async with posted_forms.reading(
        ctx.request, words_max_bytes=_WORDS_MAX_BYTES, files_most=files_most, too_large=too_large
    ) as posted:
        yield PostedForm([*posted.pairs, *ctx.request.query_params.multi_items()]), posted.files


async def _open(ctx: RequestContext, form: PostedForm, files: Sequence[UploadFile]) -> Source:
    """Whoever sent it. Raises KeyRefused, SourceMayNot, JurisdictionUnknown, TooManyPictures, QuotaUsedUp."""
    source = await access.filing_source(form.value("api_key", most=200))
    await access.area_of(form.value("jurisdiction_id", most=80))
    if len(files) > PHOTOS_MOST:
        raise TooManyPictures(most=PHOTOS_MOST)
    await limits.charge(source, 1, ctx.now)
    return source


async def _taken_in(
    files: Sequence[UploadFile], prints: Sequence[bytes], body_print: str, source: Source, ctx: RequestContext
) -> list[UUID]:
    """Through the one gate for photos; a form that comes again brings the same photos."""
    taken: list[UUID] = []
    for file, file_print in zip(files, prints, strict=True):
        key = IdempotencyKey(sha256(body_print.encode() + file_print).hexdigest())
        pieces = posted_forms.pieces(file)
        taken.append((await media.receive(source.account_id, pieces, idempotency_key=key, now=ctx.now)).photo.id)
    return taken


async def _print(file: UploadFile) -> bytes:
    digest = sha256()
    async for piece in posted_forms.pieces(file):
        digest.update(piece)
    return digest.digest()


def _receipt(number: str, token: str) -> dict[str, str]:
    said = {"service_request_id": number} if number else {"token": token}
    return said | {"service_notice": "", "account_id": ""}


def _is_trial(request: Request) -> bool:
    return request.scope["path"].startswith(f"{TEST_PATH}/")


POSTED = [file_request, take_update]
