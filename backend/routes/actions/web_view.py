"""Whether a page is being opened in the web-view of a mini-program: nowhere else may a link bring a session along.

Somebody could send another person a link with a session of their own, so that what that person reports then lands with
the sender. A link that is tapped in a message opens in a browser that does not say what a web-view says of itself.
"""

from litestar import Request

from backend.errors import Forbidden

_SAYS = ("micromessenger", "miniprogram")
"""Of the user-agent: WeChat writes the second into that of a mini-program's web-view alone."""
_ITSELF = (None, "document")
_NOT_LED_HERE = (None, "none", "same-origin")


class WebViewOnly(Forbidden):
    code = "web-view-only"


def require_web_view(request: Request) -> None:
    """Raises WebViewOnly in any other browser, and where another site leads here or takes this in as a part of it."""
    headers = request.headers
    agent = headers.get("user-agent", "").lower()
    is_opened = headers.get("sec-fetch-dest") in _ITSELF and headers.get("sec-fetch-site") in _NOT_LED_HERE
    if not is_opened or not all(word in agent for word in _SAYS):
        raise WebViewOnly
