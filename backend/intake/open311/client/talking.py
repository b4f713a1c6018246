"""Speak with one endpoint: a question and its rows. Addresses carry the key, bodies carry words: neither is logged."""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from urllib.parse import quote

import httpx

from backend import http_client
from backend.intake.open311.client.structs import Peer
from backend.intake.open311.wire import reading
from backend.intake.open311.wire.formats import WireFormat
from backend.intake.open311.wire.reading import Answer, AnswerUnreadable
from backend.jobs import TryLater

_TIMEOUT = httpx.Timeout(15.0, connect=4.0)
_PATIENCE_S = 40.0
"""For the whole of an answer, as a timeout counts between two bytes."""
_ANSWER_MOST = 20_000_000
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_REFUSES = range(400, 500)
_BUSY = (408, 425, 429)
# It writes each address, with everything in it, at INFO.
logging.getLogger("httpx").setLevel(logging.WARNING)


class PeerSilent(TryLater):
    """No answer, or none that says anything. `may_have_acted`: whether it may have done what was asked for."""

    def __init__(self, reason: str, *, may_have_acted: bool) -> None:
        super().__init__(reason, after=timedelta(seconds=30))
        self.reason, self.may_have_acted = reason, may_have_acted


class PeerRefused(Exception):
    """It said no. `words`: its own, for whoever sent it."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(str(status))
        self.status, self.words = status, words


class PeerClient:
    """One for a job. Holds connections: use it in `async with`."""

    def __init__(self, peer: Peer) -> None:
        self._peer, self._form = peer, WireFormat(peer.form)
        self._http = httpx.AsyncClient(timeout=_TIMEOUT, follow_redirects=False)

    async def __aenter__(self) -> "PeerClient":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def get(self, path: str, query: Mapping[str, str]) -> list[Answer]:
        """The rows of an answer. `path`: such as `requests`. Raises PeerSilent, PeerRefused."""
        named = {**query, **self._who()}
        return await self._rows("GET", path, params={name: value for name, value in named.items() if value})

    async def post(self, path: str, pairs: Sequence[tuple[str, str]]) -> list[Answer]:
        """Send a form, urlencoded. Raises PeerSilent, PeerRefused."""
        fields: dict[str, list[str]] = {}
        for name, value in (*self._who().items(), *pairs):
            if value:
                fields.setdefault(name, []).append(value)
        return await self._rows("POST", path, data=fields)

    def _who(self) -> dict[str, str]:
        return {"api_key": self._peer.api_key, "jurisdiction_id": self._peer.jurisdiction_id}

    async def _rows(self, method: str, path: str, **sent: Mapping[str, str] | Mapping[str, list[str]]) -> list[Answer]:
        url = f"{self._peer.url}/{quote(path)}.{self._form}"
        try:
            answer = await http_client.ask(self._http, method, url, patience_s=_PATIENCE_S, most=_ANSWER_MOST, **sent)
        except _NOT_SENT as error:
            raise PeerSilent(type(error).__name__, may_have_acted=False) from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise PeerSilent(type(error).__name__, may_have_acted=True) from None
        return self._read(answer, answer.content)

    def _read(self, answer: httpx.Response, content: bytes) -> list[Answer]:
        if answer.status_code in _REFUSES and answer.status_code not in _BUSY:
            raise PeerRefused(answer.status_code, self._words(content))
        if not answer.is_success:
            raise PeerSilent(f"HTTP {answer.status_code}", may_have_acted=answer.status_code >= 500)
        try:
            rows = reading.rows(content, self._form)
        except AnswerUnreadable as error:
            raise PeerSilent(str(error), may_have_acted=True) from None
        if rows and all("description" in row and "code" in row and len(row) == 2 for row in rows):
            raise PeerRefused(answer.status_code, self._words(content))  # some say errors with status 200
        return rows

    def _words(self, content: bytes) -> str:
        try:
            rows = reading.rows(content, self._form)
        except AnswerUnreadable:
            return ""
        return "; ".join(filter(None, (reading.text(row, "description") for row in rows)))[:400]
