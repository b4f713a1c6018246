"""Who somebody is by WeCom's word: the page that asks them, and what a code that it gives stands for."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from backend.errors import Unauthorised, Unavailable
from push.gateways.wecom.answers import CODE_REFUSED, WecomRefused, WecomSilent
from push.gateways.wecom.runtime import WecomRuntime

if TYPE_CHECKING:
    from push.gateways.wecom.settings import WecomSettings


class WecomCodeRefused(Unauthorised):
    """The code is unknown, too old, was used before, or stands for somebody who is no member."""

    code = "wecom-code-refused"


class WecomAway(Unavailable):
    """WeCom does not answer, or does not let us in."""

    code = "wecom-away"


def authorize_url(settings: "WecomSettings", back: str, state: str) -> str:
    """Where a member's browser asks WeCom who they are; it comes back to `back` with a code and this state."""
    query = {
        "appid": settings.corpid,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
        "agentid": str(settings.agent_id),
    }
    return f"{settings.oauth_base}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"


async def find_userid(runtime: WecomRuntime, code: str) -> str:
    """The member for whom the code stands; it can be asked once. Raises WecomCodeRefused, WecomAway."""
    try:
        answer = await runtime.client.get("/cgi-bin/auth/getuserinfo", {"code": code})
    except WecomRefused as refusal:
        if refusal.code in CODE_REFUSED:
            raise WecomCodeRefused from refusal
        raise WecomAway from refusal
    except WecomSilent as silence:
        raise WecomAway from silence
    userid = answer.get("userid") or answer.get("UserId")  # older builds write it so
    if not isinstance(userid, str) or not userid:
        raise WecomCodeRefused
    return userid.lower()
