"""WeChat at the edge: who holds the phone, and what is said where WeChat is not set up or does not answer."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from msgspec import Meta

from backend import logs
from backend.errors import Invalid, NotFound, Unauthorised, Unavailable
from backend.routes.http.request_context import RequestContext
from backend.structs import Write
from media.links import url_for
from media.structs import Variant

if TYPE_CHECKING:
    from push.gateways.wechat.mini_program import MiniProgram
    from push.gateways.wechat.signature import PageSignature

VENDOR = "wechat"
_IN_WECHAT = "MicroMessenger"
"""What WeChat writes into the user-agent, of its browser and of mini-programs."""
_OF_THE_PAGE, _OF_THE_QUOTA = (41030,), (45009, 45029)

log = logs.get_logger()


class WechatOff(NotFound):
    code = "wechat-off"


class WechatCodeRefused(Unauthorised):
    code = "wechat-code-refused"


class WechatAway(Unavailable):
    code = "wechat-away"


class WechatDrewNothing(Unavailable):
    """The vendor gives no picture as things stand: trying again at once is of no use."""

    code = "wechat-drew-nothing"


class PageForeign(Invalid):
    code = "page-foreign"


class WechatCode(Write, frozen=True, kw_only=True):
    code: Annotated[str, Meta(min_length=1, max_length=200, description="Of wx.login; used once, within five minutes.")]


def mini_program_of(ctx: RequestContext) -> "MiniProgram":
    """WeChat as this process has it. Raises WechatOff."""
    if ctx.runtime.mini_program is None:
        raise WechatOff
    return ctx.runtime.mini_program


async def check_report(ctx: RequestContext, words: str, photo_ids: Sequence[UUID], order_id: int) -> None:
    """Have a report that was just filed looked at by WeChat, words and pictures, where it came from there. Loses none.

    The vendor knows nobody who has not been in the mini-program within two hours, so other browsers are left out.
    """
    if _IN_WECHAT not in ctx.request.headers.get("user-agent", ""):
        return
    checks = [_check_pictures(ctx, photo_ids, order_id)]
    if words:
        checks.append(mini_program_of(ctx).check_words(ctx.actor.account_id, order_id, words, ctx.now))
    for failed in await asyncio.gather(*checks, return_exceptions=True):
        if isinstance(failed, Exception):
            log.error("report_not_marked", **logs.describe(failed))


async def _check_pictures(ctx: RequestContext, photo_ids: Sequence[UUID], order_id: int) -> None:
    base = ctx.settings.base_url
    links = {photo_id: f"{base}{url_for(photo_id, Variant.LARGE, ctx.now)}" for photo_id in photo_ids}
    await mini_program_of(ctx).check_pictures(ctx.actor.account_id, order_id, links, ctx.now)


async def openid_of(ctx: RequestContext, code: str) -> str:
    """Who holds the phone. Raises WechatOff, WechatCodeRefused, and WechatAway for whatever the vendor fails at."""
    mini_program = mini_program_of(ctx)
    from push.gateways.wechat.sign_in import CodeRefused

    with _vendor():
        try:
            return await mini_program.openid_of(code)
        except CodeRefused as error:
            raise WechatCodeRefused from error


async def sign_page(ctx: RequestContext, url: str) -> "PageSignature":
    """For a page of ours inside WeChat. Raises WechatOff, PageForeign, WechatAway."""
    if not url.startswith(f"{ctx.settings.base_url}/"):
        raise PageForeign
    mini_program = mini_program_of(ctx)
    with _vendor():
        signed = await mini_program.sign_page(url)
    if signed is None:
        raise WechatOff
    return signed


async def draw_code(ctx: RequestContext, code: str) -> tuple[bytes, str]:
    """小程序码 of a plate's code, and its media type. Raises WechatOff, WechatDrewNothing, WechatAway."""
    mini_program = mini_program_of(ctx)
    from push.gateways.wechat.answers import VendorRefused
    from push.gateways.wechat.code_picture import media_type_of

    with _vendor():
        try:
            picture = await mini_program.draw_code(code)
        except VendorRefused as refused:
            if refused.code in _OF_THE_PAGE:
                raise WechatDrewNothing("wechat-drew-nothing.page") from refused
            if refused.code in _OF_THE_QUOTA:
                raise WechatDrewNothing("wechat-drew-nothing.quota") from refused
            raise
    return picture, media_type_of(picture)


@contextmanager
def _vendor() -> Iterator[None]:
    """Whatever the vendor fails at is WechatAway."""
    from push.gateways.wechat.answers import VendorRefused, VendorSilent

    try:
        yield
    except (VendorRefused, VendorSilent) as error:
        log.warning("wechat_failed", **logs.describe(error))
        raise WechatAway(retry_after_s=5) from error
