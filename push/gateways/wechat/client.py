"""Speak with WeChat's server API: JSON over HTTPS, errors in answers of status 200, an access token in the query.

Addresses carry the token and the secret, bodies carry openids: neither is ever logged, by us or by httpx.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

import httpx
import msgspec

from backend import http_client
from push.gateways.vendor_tokens import VendorToken
from push.gateways.wechat import access_token
from push.gateways.wechat.answers import TOKEN_REFUSED, VendorRefused, VendorSilent
from push.gateways.wechat.settings import WechatSettings

T = TypeVar("T")

_TIMEOUT = httpx.Timeout(6.0, connect=3.0)
_PATIENCE_S = 8.0
"""For the whole of an answer, as a timeout counts between two bytes: with a new token and a repeat, half a claim."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""What happens before the vendor can have got anything."""
_GATEWAY_TIMEOUT = 504
_PICTURES = (b"\xff\xd8", b"\x89PNG")
"""How a JPEG and a PNG begin."""
# It writes each address, with everything in it, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


class WechatClient:
    """One for a process. Holds connections: close it."""

    def __init__(self, settings: WechatSettings, now: Callable[[], datetime]) -> None:
        self._settings, self._patience_s = settings, _PATIENCE_S
        self._http = httpx.AsyncClient(base_url=settings.base, timeout=_TIMEOUT, follow_redirects=False)

        async def fetch() -> access_token.Lent:
            return await access_token.fetch(self.ask, settings.appid, settings.secret)

        self._token = VendorToken(f"wechat token {settings.appid}", settings.secret, fetch, now)

    async def close(self) -> None:
        await self._http.aclose()

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Ask in our own name. A token that is refused is replaced and the call repeated, once."""
        return await self._with_token("POST", path, {}, body, _read)

    async def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """The same without a body."""
        return await self._with_token("GET", path, query, None, _read)

    async def post_for_picture(self, path: str, body: Mapping[str, Any]) -> bytes:
        """Ask in our own name for a PNG or JPEG. Raises VendorRefused, VendorSilent."""
        return await self._with_token("POST", path, {}, body, _read_picture)

    async def ask(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Ask once. Returns the answer's fields. Raises VendorRefused, VendorSilent."""
        return _read(await self._request(method, path, query, body))

    async def _request(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> httpx.Response:
        """The body is UTF-8 with Chinese as it is: escaped, the vendor's checks of content overlook it."""
        content = None if body is None else msgspec.json.encode(body)
        headers = {} if body is None else {"content-type": "application/json; charset=utf-8"}
        try:
            return await http_client.ask(
                self._http,
                method,
                path,
                patience_s=self._patience_s,
                params=dict(query),
                content=content,
                headers=headers,
            )
        except _NOT_SENT as error:
            raise VendorSilent(type(error).__name__, may_have_acted=False) from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise VendorSilent(type(error).__name__, may_have_acted=True) from None

    async def _with_token(
        self,
        method: str,
        path: str,
        query: Mapping[str, str],
        body: Mapping[str, Any] | None,
        read: Callable[[httpx.Response], T],
    ) -> T:
        token = await self._token.get()
        try:
            return read(await self._request(method, path, {"access_token": token, **query}, body))
        except VendorRefused as refusal:
            if refusal.code not in TOKEN_REFUSED:
                raise
        await self._token.drop(token)
        return read(await self._request(method, path, {"access_token": await self._token.get(), **query}, body))


def _read_picture(answer: httpx.Response) -> bytes:
    """Told by its first bytes: an error comes with any content-type, and with status 200."""
    if answer.content.startswith(_PICTURES):
        return answer.content
    _read(answer)
    raise VendorSilent("no picture", may_have_acted=True)


def _read(answer: httpx.Response) -> dict[str, Any]:
    if answer.status_code >= 500:
        raise VendorSilent(f"HTTP {answer.status_code}", may_have_acted=answer.status_code == _GATEWAY_TIMEOUT)
    try:
        fields = msgspec.json.decode(answer.content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise VendorSilent(f"HTTP {answer.status_code}, unreadable", may_have_acted=answer.is_success) from None
    if code := int(fields.get("errcode") or 0):
        raise VendorRefused(code, str(fields.get("errmsg", "")))
    if not answer.is_success:
        raise VendorSilent(f"HTTP {answer.status_code}", may_have_acted=False)
    return fields
