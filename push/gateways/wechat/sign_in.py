"""Who holds the phone: the code of wx.login becomes an openid."""

from push.gateways.wechat.answers import CODE_REFUSED, VendorRefused
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.settings import WechatSettings


class CodeRefused(Exception):
    """The code is not one of ours, was used before, or is too old."""


async def openid_of(client: WechatClient, settings: WechatSettings, code: str) -> str:
    """The openid behind a code, which is used up by it. Raises CodeRefused, VendorRefused, VendorSilent.

    The answer holds the session_key, too, which opens what WeChat encrypts for the person: it is read by nobody.
    """
    query = {"appid": settings.appid, "secret": settings.secret, "js_code": code, "grant_type": "authorization_code"}
    try:
        answer = await client.ask("GET", "/sns/jscode2session", query)
    except VendorRefused as refusal:
        if refusal.code in CODE_REFUSED:
            raise CodeRefused from refusal
        raise
    openid = answer.get("openid")
    if not isinstance(openid, str) or not openid:
        raise VendorRefused(0, "no openid")
    return openid
