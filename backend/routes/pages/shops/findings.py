"""检查发现: those of a shop, and one with its story and with what its reader may do about it."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission, may_within
from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, new_key, read_form, read_key, take_photos, word, words
from backend.routes.pages.shops.finding_photos import ACTS
from media.structs import PhotoView
from shops.inspections import access, inspecting, queries, rectifying
from shops.inspections.errors import FindingNotFound, InspectingForbidden
from shops.inspections.states import FINDING_TABLE, FindingAuthority, FindingMove
from shops.inspections.structs import FindingAct
from shops.register import queries as register
from shops.register.structs import Shop

_PHOTOS = {"photo": "photo_ids"}
_PHOTOS_MOST = 3
MOVES = {rule.move.value: rule for rule in FINDING_TABLE if rule.who is not FindingAuthority.SYSTEM}
DUE_IN_DAYS = (1, 3, 7, 30)
"""Where a re-check fails: until when it is to be put right now."""


@get("/shop/findings", guards=[signed_in], include_in_schema=False)
async def show_own(ctx: Ctx) -> Response:
    """Those of one's shops, shop by shop."""
    shops = await register.shops_of(ctx.actor.account_id)
    found = [(shop.id, shop.name, await queries.list_of_shop(shop.id)) for shop in shops]
    return base.html(
        "shops/findings.html",
        await base.page_of(ctx),
        found=found,
        inspected=None,
        reported=shops[0].id if len(shops) == 1 else None,
        score="",
    )


@get("/shops/{shop_id:int}/findings", guards=[signed_in], include_in_schema=False)
async def show_of_shop(ctx: Ctx, shop_id: Id) -> Response:
    """Those of one shop, for staff; `score` is that of the inspection that was just made."""
    shop = await access.require_reader(shop_id, ctx.actor)
    found = [(shop.id, shop.name, await queries.list_of_shop(shop_id))]
    score = ctx.request.query_params.get("score", "")
    return base.html(
        "shops/findings.html",
        await base.page_of(ctx),
        found=found,
        inspected=shop.id if await _may_inspect(ctx, shop) else None,
        reported=shop.id,
        score=score if score.isascii() and score.isdecimal() and len(score) <= len("100") else "",
    )


@get("/findings/{finding_id:int}", guards=[signed_in], include_in_schema=False)
async def show_finding(ctx: Ctx, finding_id: Id) -> Response:
    return await _page(ctx, finding_id)


@post(
    "/findings/{finding_id:int}/{move:str}",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def make_move(ctx: Ctx, finding_id: Id, move: FromPath[str]) -> Response:
    if move not in MOVES:
        raise FindingNotFound
    await access.see(finding_id, ctx.actor, ctx.now)
    form = await read_form(ctx)
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor, _PHOTOS_MOST)
    try:
        photos.check()
        said, key = _said(form, photos.ids("photo_ids")), read_key(form, "key", 80)
        await rectifying.make_move(finding_id, FindingMove(move), said, ctx.actor, key=key, now=ctx.now)
    except AppError as error:
        return await _page(ctx, finding_id, error, {move: words(form, "note")}, photos.stored)
    return base.see_other(f"/findings/{finding_id}?done={move}")


def _said(form: FormMultiDict, photo_ids: list[UUID]) -> FindingAct:
    days = word(form, "days", 2)
    due_in_h = int(days) * 24 if days in map(str, DUE_IN_DAYS) else None
    return FindingAct(note=words(form, "note"), photo_ids=photo_ids, due_in_h=due_in_h)


async def _may_inspect(ctx: RequestContext, shop: Shop) -> bool:
    try:
        await inspecting.require_inspector(ctx.actor, shop)
    except InspectingForbidden:
        return False
    return True


async def _page(
    ctx: RequestContext,
    finding_id: int,
    error: AppError | None = None,
    notes: Mapping[str, str] | None = None,
    photos: Mapping[str, list[PhotoView]] | None = None,
) -> Response:
    seen = await access.see(finding_id, ctx.actor, ctx.now)
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done")
    return base.html(
        "shops/finding.html",
        page,
        status=error.status if error else 200,
        seen=seen,
        finding=seen.finding,
        moves=[MOVES[move.value] for move in seen.moves],
        days=DUE_IN_DAYS,
        key=new_key(),
        notes=notes or {},
        photos=photos or {},
        releases=seen.is_staff and may_within(ctx.actor, Permission.REDACT_PHOTOS, seen.finding.area_code),
        done=done if done in MOVES or done in ACTS else "",
        problem=base.problem_of(page, error) if error else None,
    )
