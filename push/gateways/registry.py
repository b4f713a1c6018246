"""Which gateways this instance has, by its environment. A vendor's package is loaded only where it is set up.

Each vendor's package has a `settings.py` that reads its own variables and says which one is missing or wrong.
"""

from collections.abc import Mapping

from backend import clock
from backend.config import SettingMissing
from push.channels import Channel
from push.gateways import Gateway
from push.gateways.fcm import settings as fcm_settings
from push.gateways.jpush import settings as jpush_settings
from push.gateways.sms import settings as sms_settings
from push.gateways.sms.links import Links
from push.gateways.sms.settings import SmsSettings, SmsVendor


def gateways(env: Mapping[str, str]) -> dict[Channel, Gateway]:
    """The gateways that are set up, by channel. Raises SettingMissing for one that is set up by half."""
    found: list[Gateway] = []
    if env.get("YIMA_PUSH_CONSOLE") == "on":
        from push.gateways.console import Console

        found.append(Console())
    if env.get("YIMA_WECHAT_APPID"):
        from push.gateways.wechat import start

        found.append(start.gateway(env))
    if env.get("YIMA_WECOM_CORPID"):
        from push.gateways.wecom import start as wecom

        found.append(wecom.gateway(env))
    if fcm := fcm_settings.read(env):
        from push.gateways.fcm.gateway import Fcm

        found.append(Fcm(fcm, clock.now))
    if jpush := jpush_settings.read(env):
        from push.gateways.jpush.gateway import JPush

        found.append(JPush(jpush, clock.now))
    if sms := sms_settings.read(env):
        found.append(_sms(sms, _links(sms, env)))
    return {each.channel: each for each in found}


def _links(settings: SmsSettings, env: Mapping[str, str]) -> Links | None:
    """What makes links for text messages, where a template was approved for them."""
    if not settings.link_template:
        return None
    from push.gateways.wechat import start

    return start.links(env)


def _sms(settings: SmsSettings, links: Links | None) -> Gateway:
    from push.gateways.sms.gateway import Sms

    try:
        if settings.vendor is SmsVendor.ALIYUN:
            from push.gateways.sms.aliyun import Aliyun as Client
        else:
            from push.gateways.sms.tencent import Tencent as Client
    except ImportError as error:
        extra = f"yima[{settings.vendor}-sms]"
        raise SettingMissing(
            f"YIMA_SMS_VENDOR is {settings.vendor}, but its package is not installed: {extra}"
        ) from error
    return Sms(settings, Client(settings), clock.now, links)
