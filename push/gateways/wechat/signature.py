"""The signature by which a web page of ours may use WeChat's JS-SDK (scan, position, photo) inside WeChat.

It is made with a ticket of the town's official account (公众号), which is another account than the mini-program and
has its own access token. Ticket and token are shared by all processes (`push/gateways/vendor_tokens.py`).
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

import msgspec

from push.gateways.vendor_tokens import Lent, VendorToken
from push.gateways.wechat import access_token
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.settings import WechatSettings


class PageSignature(msgspec.Struct, frozen=True, kw_only=True):
    """What `wx.config` takes. `timestamp`: seconds since 1970."""

    appid: str
    timestamp: int
    nonce: str
    signature: str


def sign(ticket: str, nonce: str, timestamp: int, url: str) -> str:
    """The signature of a page's address, which counts up to its `#`. Pure."""
    page = url.partition("#")[0]
    text = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={page}"
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class OfficialAccount:
    """`settings`: those of the official account. One for a process; holds connections: close it."""

    def __init__(self, settings: WechatSettings, now: Callable[[], datetime]) -> None:
        self._appid, self._now = settings.appid, now
        self._client = WechatClient(settings, now)
        self._ticket = VendorToken(f"wechat ticket {settings.appid}", settings.secret, self._fetch, now)

    async def close(self) -> None:
        await self._client.close()

    async def sign_page(self, url: str) -> PageSignature:
        """Sign the address of a page. Raises VendorRefused, VendorSilent."""
        ticket, timestamp, nonce = await self._ticket.get(), int(self._now().timestamp()), secrets.token_hex(8)
        signature = sign(ticket, nonce, timestamp, url)
        return PageSignature(appid=self._appid, timestamp=timestamp, nonce=nonce, signature=signature)

    async def _fetch(self) -> Lent:
        return access_token.lent(await self._client.get("/cgi-bin/ticket/getticket", {"type": "jsapi"}), "ticket")
