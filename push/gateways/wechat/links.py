"""A link that opens the mini-program from a text message or a browser: for whoever has agreed to no message there."""

from push.gateways import Outgoing
from push.gateways.wechat.answers import VendorSilent
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.settings import WechatSettings

DAYS_MAX = 30
"""A longer life is cut to this by the vendor."""
_QUERY_CHARS = 1024
_BY_INTERVAL = 1
VERSIONS = {"formal": "release", "trial": "trial", "developer": "develop"}
"""What links and codes call the states that messages have."""


class MiniProgramLinks:
    """Links to the page that a subscribe message about the same would open. Holds connections: close it."""

    def __init__(self, settings: WechatSettings, client: WechatClient) -> None:
        self._settings, self._client = settings, client

    async def close(self) -> None:
        await self._client.close()

    async def link_to(self, message: Outgoing) -> str:
        """Raises VendorRefused, VendorSilent."""
        path, _, query = self._settings.page_for(message.kind, message.message_id, message.order_id).partition("?")
        return await url_link(self._client, path, query, version=VERSIONS[self._settings.state])


async def url_link(
    client: WechatClient, path: str, query: str, days: int = DAYS_MAX, *, version: str = "release"
) -> str:
    """An https address that opens this page. `path`: without a slash at its start; `query`: without a question mark.

    Raises ValueError for what the vendor takes from nobody, VendorRefused, VendorSilent.
    """
    if path.startswith("/") or len(query) > _QUERY_CHARS or not 0 < days <= DAYS_MAX:
        raise ValueError("a page without a slash, a query of at most 1024 characters, a life of 1 to 30 days")
    body = {"path": path, "query": query, "env_version": version, "expire_type": _BY_INTERVAL}
    answer = await client.post("/wxa/generate_urllink", {**body, "expire_interval": days})
    link = answer.get("url_link")
    if not isinstance(link, str) or not link.startswith("https://"):
        raise VendorSilent("no url_link", may_have_acted=True)
    return link
