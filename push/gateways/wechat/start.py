"""What a process needs to speak with WeChat, by its environment."""

from collections.abc import Mapping

from backend import clock
from push.gateways.wechat import settings
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.mini_program import MiniProgram
from push.gateways.wechat.settings import WechatSettings
from push.gateways.wechat.subscribe import WechatGateway


def gateway(env: Mapping[str, str]) -> WechatGateway:
    """The gateway of a worker. Raises SettingMissing."""
    found = _settings(env)
    return WechatGateway(found, WechatClient(found, clock.now), clock.now)


def mini_program(env: Mapping[str, str]) -> MiniProgram:
    """What a web process has of WeChat. Raises SettingMissing."""
    return MiniProgram(_settings(env), clock.now)


def _settings(env: Mapping[str, str]) -> WechatSettings:
    found = settings.read(env)
    assert found is not None, "asked only where YIMA_WECHAT_APPID is set"
    return found
