"""Which gateways this instance has, by its environment. A vendor's package is loaded only where it is set up.

Each vendor's package has a `settings.py` that reads its own variables and says which one is missing or wrong.
"""

from collections.abc import Mapping

from backend import clock
from push.channels import Channel
from push.gateways import Gateway
from push.gateways.fcm import settings as fcm_settings


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
    return {each.channel: each for each in found}
