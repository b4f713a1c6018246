"""What WeChat Pay reads from the environment."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from backend.config import SettingMissing

VENDOR = "https://api.mch.weixin.qq.com"
NOTICES = "/api/v1/callbacks/wechat-pay"
_PREFIX = "YIMA_WECHAT_PAY_"
_KEY_CHARS = 32


class WechatPaySettings(msgspec.Struct, frozen=True, kw_only=True):
    """Keys as PEM. `public_key_id`: PUB_KEY_ID_… of WeChat's key; `certificates`: of the platform, from before."""

    appid: str
    mchid: str
    serial: str
    private_key: bytes
    apiv3_key: str
    public_key: bytes
    public_key_id: str
    certificates: tuple[bytes, ...] = ()
    notify_url: str
    base: str = VENDOR


def read(env: Mapping[str, str], base_url: str) -> WechatPaySettings | None:
    """None where it is not set up. Raises SettingMissing with the name of what is missing or wrong."""
    if not env.get(f"{_PREFIX}MCHID"):
        return None
    apiv3_key = _needed(env, "APIV3_KEY")
    if len(apiv3_key.encode()) != _KEY_CHARS:
        raise SettingMissing(f"{_PREFIX}APIV3_KEY has {_KEY_CHARS} characters")
    base = env.get(f"{_PREFIX}BASE", VENDOR).rstrip("/")
    if urlsplit(base).scheme not in ("http", "https"):
        raise SettingMissing(f"{_PREFIX}BASE is an address as {VENDOR}")
    certificates = [_file(env, "CERTIFICATE")] if env.get(f"{_PREFIX}CERTIFICATE") else []
    return WechatPaySettings(
        appid=_needed(env, "APPID"),
        mchid=_needed(env, "MCHID"),
        serial=_needed(env, "SERIAL"),
        private_key=_file(env, "PRIVATE_KEY"),
        apiv3_key=apiv3_key,
        public_key=_file(env, "PUBLIC_KEY"),
        public_key_id=_needed(env, "PUBLIC_KEY_ID"),
        certificates=tuple(certificates),
        notify_url=f"{base_url}{NOTICES}",
        base=base,
    )


def _needed(env: Mapping[str, str], name: str) -> str:
    value = env.get(f"{_PREFIX}{name}", "").strip()
    if not value:
        raise SettingMissing(f"{_PREFIX}{name} is not set, though {_PREFIX}MCHID is")
    return value


def _file(env: Mapping[str, str], name: str) -> bytes:
    path = Path(_needed(env, name))
    try:
        return path.read_bytes()
    except OSError as error:
        raise SettingMissing(f"{_PREFIX}{name} is no file that can be read: {path}") from error
