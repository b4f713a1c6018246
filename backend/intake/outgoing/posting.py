"""Post one signed webhook to the address that was looked up. Loaded with the first one: it speaks HTTP."""

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

import httpx

from backend.http_targets import HttpTarget
from backend.intake.outgoing.retries import SendResult, result_of

TIMEOUT_S = 15.0
"""For the whole of it: a receiver answers first and works afterwards."""


class PostAnswer(NamedTuple):
    result: SendResult
    status: int | None = None
    error: str = ""


class Poster:
    """Holds connections: use it in `async with`."""

    def __init__(self) -> None:
        # No proxy, netrc or certificate of the surroundings; no redirect leads anywhere else.
        self._http = httpx.AsyncClient(timeout=TIMEOUT_S, follow_redirects=False, trust_env=False)

    async def __aenter__(self) -> "Poster":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def post(self, target: HttpTarget, body: str, signed: Mapping[str, str]) -> PostAnswer:
        """The answer's status is all that is looked at: its body is not read."""
        headers = {
            **signed,
            "content-type": "application/json",
            "user-agent": "yima-webhooks/1",
            "host": target.host_header,
        }
        extensions = {"sni_hostname": target.host}
        try:
            async with (
                asyncio.timeout(TIMEOUT_S),
                self._http.stream(
                    "POST", target.pinned, content=body, headers=headers, extensions=extensions
                ) as answer,
            ):
                return PostAnswer(result_of(answer.status_code), answer.status_code)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            return PostAnswer(SendResult.AWAY, error=type(error).__name__)
