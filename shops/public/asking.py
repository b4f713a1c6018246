"""Ask the server of a kitchen's link whether the page is there. Loaded with the first one: it speaks HTTP.

The owner typed the address: it leads to public machines alone, by the rule of `http_targets`; no proxy of the
surroundings, no redirect is followed, no byte of the page is read, and nothing is said of it in any log.
"""

import asyncio
import logging
import socket
from collections.abc import Sequence
from ssl import SSLContext

import httpx

from backend import http_client, http_targets
from backend.http_targets import HttpTarget, TargetFault, TargetRefused
from backend.words import KITCHEN_LINK
from shops.public.liveness import LinkAnswer, answer_of

PATIENCE_S = 8.0
"""For the whole of it, the lookup of the name included."""
# It writes each address at INFO, with everything in it.
logging.getLogger("httpx").setLevel(logging.WARNING)


class LinkAsker:
    """Holds connections: use it in `async with`. `own`: networks that are asked besides public ones."""

    def __init__(self, own: Sequence[str] = (), verify: SSLContext | bool = True) -> None:
        self._own = own
        self._http = httpx.AsyncClient(timeout=PATIENCE_S, follow_redirects=False, trust_env=False, verify=verify)

    async def __aenter__(self) -> "LinkAsker":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def ask(self, url: str) -> LinkAnswer:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return answer_of(await self._status(await http_targets.find_target(url, self._own, KITCHEN_LINK)))
        except TargetRefused as refused:
            return LinkAnswer.UNSURE if _is_lookup_away(refused) else LinkAnswer.SILENT
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError):
            return LinkAnswer.UNSURE

    async def _status(self, target: HttpTarget) -> int:
        headers = {"host": target.host_header, "user-agent": "yima-links/1", "accept": "*/*"}
        extensions = {"sni_hostname": target.host}
        return await http_client.status_of(
            self._http, target.pinned, patience_s=PATIENCE_S, headers=headers, extensions=extensions
        )


def _is_lookup_away(refused: TargetRefused) -> bool:
    """Whether nobody could say where the name leads, other than that there is no such name."""
    cause = refused.__cause__
    is_again = isinstance(cause, socket.gaierror) and cause.errno == socket.EAI_AGAIN
    return refused.fault is TargetFault.UNKNOWN_HOST and is_again
