"""认领: the page on which whoever scanned a shop's code says to be its owner, or to work there."""

from dataclasses import dataclass

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.places.kinds import PlaceKind
from backend.routes.actions import scanning
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.resident.landing import sender
from qr import queries as qr
from qr import runtime
from qr.codes import Code
from qr.structs import CodePlace
from shops.register import access, claims, queries
from shops.register.errors import ShopGone, ShopNotFound
from shops.register.structs import ClaimState, Shop, ShopClaimDraft, ShopClaimReceipt, ShopRole


@dataclass(frozen=True, slots=True)
class ShopHere:
    """What a code says to whoever wants to claim the shop behind it; without a shop the register has none there."""

    code: Code
    place: CodePlace
    shop: Shop | None
    has_owner: bool = False
    own_role: ShopRole | None = None


@dataclass(frozen=True, slots=True)
class TypedClaim:
    """What stood in the form when it was refused."""

    role: str = ShopRole.OWNER.value
    licence: str = ""
    name: str = ""
    phone: str = ""
    nonce: str = ""


@get("/q/{code:str}/claim", include_in_schema=False)
async def show_claim(ctx: Ctx, code: FromPath[str]) -> Response:
    here = await scanning.scan(ctx, code, lambda parsed: _look(ctx, parsed))
    return await _page(ctx, here, TypedClaim(nonce=runtime.nonce(here.code, ctx.now)))


@post("/q/{code:str}/claim", include_in_schema=False)
async def send_claim(ctx: Ctx, code: FromPath[str]) -> Response:
    typed = _typed(await read_form(ctx))
    actor, session = await sender(ctx)
    async with scanning.parsing_address(ctx, code, typed.nonce) as parsed:
        here = await _look(ctx, parsed)
        try:
            await quotas.take(ctx, "claim", actor)
            receipt = await _claim(ctx, here, typed, actor.account_id)
        except AppError as error:
            response = await _page(ctx, here, typed, error)
            response.cookies.extend(session)
            return response
    is_granted = receipt.state is ClaimState.GRANTED
    return base.see_other(f"/shop/{receipt.shop_id}?claimed=1" if is_granted else "/shop?claimed=1", session)


async def _look(ctx: RequestContext, code: Code) -> ShopHere:
    """Raises CodeUnknown, CodeRevoked, CodeUnbound."""
    place = await qr.get_place(code)
    shop = await queries.find_at_place(place.id) if place.kind == PlaceKind.STOREFRONT else None
    if shop is None:
        return ShopHere(code, place, None)
    holders = (await queries.list_holders([shop.id]))[shop.id]
    own = await access.role_in(shop.id, ctx.visitor.account_id) if ctx.visitor else None
    return ShopHere(code, place, shop, any(each.role is ShopRole.OWNER for each in holders), own)


async def _claim(ctx: RequestContext, here: ShopHere, typed: TypedClaim, account_id: int) -> ShopClaimReceipt:
    """Raises what stands in the way."""
    if here.shop is None:
        raise ShopNotFound
    try:
        said = {name: getattr(typed, name) for name in ("role", "licence", "name", "phone")}
        draft = msgspec.convert(said, ShopClaimDraft)
    except msgspec.ValidationError as error:
        raise BadRequest("shop-claim-incomplete") from error
    try:
        return await claims.claim(here.shop.id, draft, account_id, ctx.now, ctx.runtime.personal_seal)
    except ShopGone as gone:
        raise ShopNotFound from gone


def _typed(form: FormMultiDict) -> TypedClaim:
    return TypedClaim(
        role=word(form, "role", 10) or ShopRole.OWNER.value,
        licence=word(form, "licence", 60),
        name=words(form, "name"),
        phone=word(form, "phone", 60),
        nonce=word(form, "nonce", 64),
    )


async def _page(ctx: RequestContext, here: ShopHere, typed: TypedClaim, error: AppError | None = None) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "shops/claim.html",
        page,
        status=error.status if error else 200,
        here=here,
        typed=typed,
        problem=base.problem_of(page, error, stored=page.t("shop.claim.kept")) if error else None,
    )
