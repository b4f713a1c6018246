"""HEAD, wherever GET is answered: link previews and monitors ask so. The same handler, its body left out."""

from typing import Any

from litestar.exceptions import HTTPException
from litestar.types import HTTPScope, Message, Send
from litestar.utils.path import normalize_path


def answer_by_get(scope: HTTPScope, send: Send, router: Any) -> tuple[HTTPScope, Send]:
    """Turn a HEAD that nobody answers into a GET without a body.

    The server keeps its own scope, which says HEAD: from a GET it would miss the body and cut the connection.
    """
    try:
        router.handle_routing(path=normalize_path(scope["path"]), method="HEAD")
    except HTTPException:
        request: HTTPScope = {**scope, "method": "GET"}
        return request, _without_body(send)
    return scope, send


def _without_body(send: Send) -> Send:
    is_over = False

    async def send_on(message: Message) -> None:
        nonlocal is_over
        if message["type"] != "http.response.body":
            await send(message)
        elif not is_over:
            # Ended at once, so that a stream learns that nobody listens.
            is_over = True
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return send_on
