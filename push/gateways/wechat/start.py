"""What a process needs to speak with WeChat, by its environment."""

from collections.abc import Mapping
from pathlib import Path

from backend import clock
from backend.config import SettingMissing
from push.gateways.wechat import settings
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.links import MiniProgramLinks
from push.gateways.wechat.mini_program import MiniProgram
from push.gateways.wechat.settings import SDK_FILE, WechatSettings
from push.gateways.wechat.subscribe import WechatGateway

_SCRIPT_BYTES_MAX = 500_000


def gateway(env: Mapping[str, str]) -> WechatGateway:
    """The gateway of a worker. Raises SettingMissing."""
    found = _settings(env)
    return WechatGateway(found, WechatClient(found, clock.now), clock.now)


def links(env: Mapping[str, str]) -> MiniProgramLinks:
    """What makes links into the mini-program for text messages. Raises SettingMissing."""
    found = _settings(env)
    return MiniProgramLinks(found, WechatClient(found, clock.now))


def mini_program(env: Mapping[str, str]) -> MiniProgram:
    """What a web process has of WeChat. Raises SettingMissing."""
    found = _settings(env)
    return MiniProgram(found, clock.now, _page_script(found.sdk_file))


def _page_script(path: str) -> bytes | None:
    """The vendor's script, where the operator has laid it down."""
    if not path:
        return None
    try:
        script = Path(path).read_bytes()
    except OSError as error:
        raise SettingMissing(f"{SDK_FILE}: {error.strerror}") from error
    if not 0 < len(script) <= _SCRIPT_BYTES_MAX:
        raise SettingMissing(f"{SDK_FILE}: jweixin-1.6.0.js has 20 KB or so, this file {len(script)} bytes")
    return script


def _settings(env: Mapping[str, str]) -> WechatSettings:
    found = settings.read(env)
    assert found is not None, "asked only where YIMA_WECHAT_APPID is set"
    return found
