"""What the mini-program tells us beside reports: who the phone belongs to, and which messages somebody agreed to."""

from typing import Annotated, Literal

from litestar import Controller, get, post, put
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta

from backend.accounts import service as accounts
from backend.routes.actions import wechat
from backend.routes.actions.wechat import WechatCode
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.structs import Read, Write

TemplateId = Annotated[str, Meta(min_length=1, max_length=64)]


PageUrl = Annotated[str, QueryParameter(name="url", min_length=1, max_length=2000, description="Of the page")]


class SignedPage(Read, frozen=True, kw_only=True):
    """`timestamp`: seconds since 1970; `nonce` is nonceStr there."""

    appid: str
    timestamp: int
    nonce: str
    signature: str


class Choices(Write, frozen=True, kw_only=True):
    """What wx.requestSubscribeMessage answered, by template."""

    template_ids: Annotated[dict[TemplateId, Literal["accept", "reject", "ban", "filter"]], Meta(max_length=10)]


class WechatController(Controller):
    path = "/wechat"
    tags = ("sessions",)
    guards = (signed_in,)

    @put("/identity", operation_id="link_wechat", status_code=204, summary="Get messages in the mini-program")
    async def link(self, ctx: Ctx, data: JSONBody[WechatCode]) -> None:
        """Link one's account with the WeChat account of this phone. 404 where WeChat is not set up."""
        actor = ctx.actor
        await accounts.link_identity(actor, wechat.VENDOR, await wechat.openid_of(ctx, data.code), ctx.now)

    @get("/signature", operation_id="sign_page", summary="Let a page use the JS-SDK inside WeChat")
    async def sign_page(self, ctx: Ctx, url: PageUrl) -> SignedPage:
        """What wx.config takes for a page of this site. 404 without an official account."""
        signed = await wechat.sign_page(ctx, url)
        return SignedPage(
            appid=signed.appid, timestamp=signed.timestamp, nonce=signed.nonce, signature=signed.signature
        )

    @post("/subscriptions", operation_id="note_wechat_choices", status_code=204, summary="Say what one agreed to")
    async def note(self, ctx: Ctx, data: JSONBody[Choices]) -> None:
        """Counted once: by the vendor's own word where its message push is set up, otherwise by this one."""
        choices = {template_id: answer == "accept" for template_id, answer in data.template_ids.items()}
        await wechat.mini_program_of(ctx).note_choices(ctx.actor.account_id, choices)
