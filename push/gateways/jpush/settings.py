"""What this gateway reads from the environment."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from backend.config import SettingMissing

APP_KEY, SECRET, BASE = "YIMA_JPUSH_APPKEY", "YIMA_JPUSH_SECRET", "YIMA_JPUSH_BASE"
XIAOMI, OPPO = "YIMA_JPUSH_XIAOMI_CHANNEL", "YIMA_JPUSH_OPPO_CHANNEL"
_JPUSH, _REPORTS = "https://api.jpush.cn", "https://report.jpush.cn"


class JPushSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`base`: without a slash at its end. The channels are those that Xiaomi and OPPO granted for service messages."""

    app_key: str
    secret: str
    base: str = _JPUSH
    xiaomi_channel: str = ""
    oppo_channel: str = ""

    @property
    def reports_base(self) -> str:
        """Where JPush is asked what arrived: at a host of its own, or at whatever stands in its place."""
        return _REPORTS if self.base == _JPUSH else self.base


def read(env: Mapping[str, str]) -> JPushSettings | None:
    """None where JPush is not set up. Raises SettingMissing for one that is set up by half."""
    if not any(env.get(name) for name in (APP_KEY, SECRET, BASE)):
        return None
    for name in (APP_KEY, SECRET):
        if not env.get(name):
            raise SettingMissing(f"{name} is not set, but JPush is set up otherwise")
    base = env.get(BASE, "").rstrip("/") or _JPUSH
    if urlsplit(base).scheme not in ("http", "https"):
        raise SettingMissing(f"{BASE} is an address as https://…")
    return JPushSettings(
        app_key=env[APP_KEY],
        secret=env[SECRET],
        base=base,
        xiaomi_channel=env.get(XIAOMI, ""),
        oppo_channel=env.get(OPPO, ""),
    )
