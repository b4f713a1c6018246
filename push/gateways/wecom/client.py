"""Speak with WeCom's server API: JSON over HTTPS, errors in answers of status 200, an access token in the query.

Addresses carry the token and the secret, bodies carry userids: neither is ever logged, by us or by httpx.
"""

import asyncio
import logging
import ssl
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx
import msgspec

from backend import http_client
from push.gateways.vendor_tokens import Lent, VendorToken
from push.gateways.wecom.answers import TOKEN_REFUSED, WecomRefused, WecomSilent
from push.gateways.wecom.settings import WecomSettings

Fields = dict[str, Any]
_TIMEOUT_S, _CONNECT_S = 6.0, 3.0
_BEYOND_S = 2.0
"""So much longer the whole of an answer may take than a timeout, which counts between two bytes."""
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""What happens before the vendor can have got anything."""
_NOT_TAKEN = (429, 503)
# It writes each address, with everything in it, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


class WecomClient:
    """One for a process. Holds connections: close it. `timeout_s`: how long an answer is waited for."""

    def __init__(self, settings: WecomSettings, now: Callable[[], datetime], *, timeout_s: float = _TIMEOUT_S) -> None:
        self._settings = settings
        verify = ssl.create_default_context(cafile=settings.ca_bundle) if settings.ca_bundle else True
        timeout, self._patience_s = httpx.Timeout(timeout_s, connect=_CONNECT_S), timeout_s + _BEYOND_S
        self._http = httpx.AsyncClient(base_url=settings.base, timeout=timeout, verify=verify, follow_redirects=False)
        name = f"wecom {settings.corpid} {settings.agent_id}"
        self._token = VendorToken(name, settings.secret, self._fetch_token, now)
        self._asking = asyncio.Lock()

    async def close(self) -> None:
        await self._http.aclose()

    async def post(self, path: str, body: Mapping[str, Any]) -> Fields:
        """Ask as the application. The body is the same, byte for byte, for the same fields in the same order."""
        return await self._as_application("POST", path, {}, body)

    async def get(self, path: str, query: Mapping[str, str]) -> Fields:
        """Ask as the application. Raises WecomRefused, WecomSilent."""
        return await self._as_application("GET", path, query, None)

    async def _as_application(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> Fields:
        """With an access token; one that is refused is replaced and the call repeated, once."""
        token = await self._current_token()
        try:
            return await self._ask(method, path, {"access_token": token, **query}, body)
        except WecomRefused as refusal:
            if refusal.code not in TOKEN_REFUSED:
                raise
        await self._token.drop(token)
        return await self._ask(method, path, {"access_token": await self._current_token(), **query}, body)

    async def _current_token(self) -> str:
        """One at a time: of a batch that finds none, one asks for it and holds one connection to the database."""
        async with self._asking:
            return await self._token.get()

    async def _fetch_token(self) -> Lent:
        query = {"corpid": self._settings.corpid, "corpsecret": self._settings.secret}
        try:
            answer = await self._ask("GET", "/cgi-bin/gettoken", query, None)
        except WecomSilent as silence:
            raise WecomSilent(f"token: {silence.why}", may_have_acted=False) from None
        token, expires_in_s = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(expires_in_s, int):
            raise WecomSilent("no access token", may_have_acted=False)
        return Lent(value=token, expires_in_s=expires_in_s)

    async def _ask(self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None) -> Fields:
        content = None if body is None else msgspec.json.encode(body)
        headers = {} if body is None else {"content-type": "application/json; charset=utf-8"}
        try:
            answer = await http_client.ask(
                self._http,
                method,
                path,
                patience_s=self._patience_s,
                params=dict(query),
                content=content,
                headers=headers,
            )
        except _NOT_SENT as error:
            raise WecomSilent(type(error).__name__, may_have_acted=False) from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise WecomSilent(type(error).__name__, may_have_acted=True) from None
        return _fields(answer)


def _fields(answer: httpx.Response) -> Fields:
    """What the answer says. Raises WecomRefused for an error code, WecomSilent for what is no answer of WeCom."""
    status = answer.status_code
    if status >= 300:
        has_not_acted = status in _NOT_TAKEN or status < 500
        raise WecomSilent(f"HTTP {status}", may_have_acted=not has_not_acted)
    try:
        fields = msgspec.json.decode(answer.content, type=Fields)
        code = int(fields.get("errcode") or 0)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, ValueError):
        raise WecomSilent("unreadable", may_have_acted=True) from None
    if code:
        raise WecomRefused(code, str(fields.get("errmsg", "")))
    return fields
