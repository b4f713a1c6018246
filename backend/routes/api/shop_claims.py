"""Claims of shops over HTTP: somebody scans the code of a shop and says to be its owner, or to work there."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody
from msgspec import Meta

from backend.routes.actions import scanning
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Id
from qr import queries as qr
from shops.register import claims, deciding, details, queries
from shops.register.errors import ShopNotFound
from shops.register.structs import ClaimDecision, OwnClaim, ShopClaimDraft, ShopClaimReceipt


class ScannedClaim(ShopClaimDraft, frozen=True, kw_only=True):
    """A claim of the shop at which the code hangs."""

    code: Annotated[str, Meta(min_length=1, max_length=200, description="The code, or the address in its symbol")]
    nonce: Annotated[str, Meta(max_length=64)] | None = None
    """Of the page of the code, which proves that it was opened now."""


class ShopClaimsController(Controller):
    path = "/shop-claims"
    tags = ("shops",)

    @post(operation_id="claim_shop", summary="Say to be the owner of a shop, or to work there")
    async def claim(self, ctx: Ctx, data: JSONBody[ScannedClaim]) -> ShopClaimReceipt:
        """Granted at once by the registered number; contested where there is an owner; else it waits.

        Sent again while it waits, it is the same claim.
        """
        async with scanning.counting_misses(ctx, data.code, data.nonce) as code:
            assert code is not None
            place = await qr.get_place(code)
        shop = await queries.find_at_place(place.id)
        if shop is None:
            raise ShopNotFound
        await quotas.take(ctx, "claim", ctx.actor)
        return await claims.claim(shop.id, data, ctx.actor.account_id, ctx.now, ctx.runtime.personal_seal)

    @get(operation_id="list_own_shop_claims", summary="What one claimed, the latest first")
    async def list_own(self, ctx: Ctx) -> list[OwnClaim]:
        return await details.list_own_claims(ctx.actor.account_id)

    @post("/{claim_id:int}/decide", operation_id="decide_shop_claim", status_code=204, summary="Grant or refuse it")
    async def decide(self, ctx: Ctx, claim_id: Id, data: JSONBody[ClaimDecision]) -> None:
        """By whoever keeps the register; between two owners by the street; of helpers also by the owner."""
        await deciding.decide(claim_id, data, ctx.actor, ctx.now, ctx.runtime.personal_seal)

    @post("/{claim_id:int}/withdraw", operation_id="withdraw_shop_claim", status_code=204, summary="Take a claim back")
    async def withdraw(self, ctx: Ctx, claim_id: Id) -> None:
        await claims.withdraw(claim_id, ctx.actor.account_id, ctx.now)
