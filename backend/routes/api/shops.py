"""The register of shops over HTTP: for staff of their areas, and for the people of a shop."""

from typing import Annotated

from litestar import Controller, delete, get, post, put
from litestar.params import JSONBody, QueryParameter

from backend.accounts.permissions import Permission
from backend.geo.area_codes import BEGINNING
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page, Write
from shops.register import changes, details, listing, people
from shops.register.structs import (
    ShopDetail,
    ShopEntry,
    ShopFilter,
    ShopListed,
    ShopState,
    StateChange,
)
from shops.register.trades import TradeClass

Text = Annotated[str, QueryParameter(name="q", max_length=100, description="A part of a name or address, or a code")]
Area = Annotated[str, QueryParameter(name="area", pattern=f"^({BEGINNING})?$", description="区划代码 or its beginning")]
State = Annotated[ShopState | None, QueryParameter(name="state")]
Trade = Annotated[TradeClass | None, QueryParameter(name="trade", description="A section of GB/T 4754")]
HasOwner = Annotated[bool | None, QueryParameter(name="has_owner", description="Whether somebody claimed it")]


class ShopRegistration(ShopEntry, frozen=True, kw_only=True):
    """A shop that is not in the register yet, at its place."""

    place_id: int


class HandOver(Write, frozen=True, kw_only=True):
    """`stays`: the former owner helps from now on."""

    stays: bool = False


class ShopsController(Controller):
    path = "/shops"
    tags = ("shops",)

    @get(operation_id="list_shops", summary="The shops of one's areas, or one's own")
    async def list_shops(
        self,
        ctx: Ctx,
        text: Text = "",
        area: Area = "",
        in_state: State = None,
        trade: Trade = None,
        has_owner: HasOwner = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[ShopListed]:
        narrowed = ShopFilter(text=text, area=area, state=in_state, trade_class=trade, has_owner=has_owner)
        return await listing.list_shops(ctx.actor, narrowed, limit=limit, cursor=cursor)

    @post(
        operation_id="register_shop",
        guards=[requires(Permission.KEEP_SHOPS)],
        summary="Put a shop into the register at its place",
    )
    async def register(self, ctx: Ctx, data: JSONBody[ShopRegistration]) -> ShopDetail:
        seal = ctx.runtime.personal_seal
        shop_id = await changes.register(data.place_id, data, ctx.actor, ctx.now, seal)
        return await details.get_detail(shop_id, ctx.actor, seal)

    @get("/{shop_id:int}", operation_id="get_shop", summary="A shop with its people and history")
    async def get_shop(self, ctx: Ctx, shop_id: Id) -> ShopDetail:
        """Names and phones are masked, but for an owner's own helpers' names."""
        return await details.get_detail(shop_id, ctx.actor, ctx.runtime.personal_seal)

    @put("/{shop_id:int}", operation_id="correct_shop", summary="Write a shop's entry anew; its state stays")
    async def correct(self, ctx: Ctx, shop_id: Id, data: JSONBody[ShopEntry]) -> ShopDetail:
        seal = ctx.runtime.personal_seal
        await changes.correct(shop_id, data, ctx.actor, ctx.now, seal)
        return await details.get_detail(shop_id, ctx.actor, seal)

    @post("/{shop_id:int}/state", operation_id="set_shop_state", status_code=204, summary="Say whether a shop trades")
    async def set_state(self, ctx: Ctx, shop_id: Id, data: JSONBody[StateChange]) -> None:
        """An owner says open, closed or renovating; whoever keeps the register also that nobody is there."""
        await changes.set_state(shop_id, data, ctx.actor, ctx.now)

    @post("/{shop_id:int}/end", operation_id="end_shop", status_code=204, summary="The business has left its place")
    async def end(self, ctx: Ctx, shop_id: Id) -> None:
        await changes.end(shop_id, ctx.actor, ctx.now, ctx.runtime.personal_seal)

    @post(
        "/{shop_id:int}/contacts", operation_id="read_shop_contacts", status_code=200, summary="Names and phones whole"
    )
    async def read_contacts(self, ctx: Ctx, shop_id: Id) -> ShopDetail:
        """For whoever keeps the register. It leaves a trace, hence no GET."""
        return await details.read_contacts(shop_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)


class ShopPeopleController(Controller):
    path = "/shops/{shop_id:int}/people/{account_id:int}"
    tags = ("shops",)

    @post("/owner", operation_id="hand_over_shop", status_code=204, summary="Make one of a shop's people its owner")
    async def hand_over(self, ctx: Ctx, shop_id: Id, account_id: Id, data: JSONBody[HandOver]) -> None:
        """By the owner, or by whoever decides claims there. The history keeps who was owner when."""
        seal = ctx.runtime.personal_seal
        await people.hand_over(shop_id, account_id, ctx.actor, stays=data.stays, now=ctx.now, seal=seal)

    @delete(operation_id="end_shop_person", status_code=204, summary="Let somebody act for a shop no more")
    async def end(self, ctx: Ctx, shop_id: Id, account_id: Id) -> None:
        """Oneself, by the owner, or by whoever keeps the register."""
        await people.leave(shop_id, account_id, ctx.actor, ctx.now, ctx.runtime.personal_seal)
