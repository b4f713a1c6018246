"""What a town says of its mini-program, from the environment that its server reads too: one truth for both."""

import ipaddress
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from deploy.miniprogram.app_json import APPID

POSITIONS = ("fuzzy", "precise", "none")
TEMPLATES_MOST = 3
"""As many wx.requestSubscribeMessage takes at once."""
NAME_CHARS = 12
_TEMPLATE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PREFIX = re.compile(r"https?://[\w.:-]+(/[\w./~-]*)?", re.I | re.A)
_HOTLINE = re.compile(r"[0-9+ -]{3,20}")


class SettingRefused(ValueError):
    """A setting is missing or cannot be used; the text begins with its name."""


@dataclass(frozen=True)
class TownSettings:
    base_url: str
    appid: str
    name: str
    """The title above the pages, and of the project in the vendor's tool."""
    code_prefixes: tuple[str, ...]
    """What stands before the code on plates, the one printed now first."""
    position: str
    hotline: str
    templates_sent: tuple[str, ...]
    """What is asked for once a report was sent."""
    templates_ended: tuple[str, ...]
    """What is asked for when an order has ended."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """All that the package may name: the site, then what is printed."""
        return (self.base_url, *self.code_prefixes)


def read(env: Mapping[str, str]) -> TownSettings:
    """The settings of a town. Raises SettingRefused with the name of the first that is missing or wrong."""
    base_url = _base_url(env.get("YIMA_BASE_URL", ""))
    long_term = _long_term(env.get("YIMA_WECHAT_TEMPLATES", "{}"))
    sent = _templates(env, "YIMA_MINIPROGRAM_TEMPLATES", long_term, tuple(long_term))
    return TownSettings(
        base_url=base_url,
        appid=_appid(env.get("YIMA_WECHAT_APPID", "")),
        name=_name(env.get("YIMA_MINIPROGRAM_NAME", "一码")),
        code_prefixes=_prefixes(env, base_url),
        position=_position(env.get("YIMA_MINIPROGRAM_POSITION", "fuzzy")),
        hotline=_hotline(env.get("YIMA_HOTLINE", "12345")),
        templates_sent=sent,
        templates_ended=_templates(env, "YIMA_MINIPROGRAM_ENDED_TEMPLATES", long_term, sent),
    )


def _base_url(value: str) -> str:
    """What WeChat lets a phone reach: https, a name with a registration (ICP), no path; web-view takes no port."""
    parts = urlsplit(value)
    if parts.scheme != "https" or not parts.hostname:
        raise SettingRefused("YIMA_BASE_URL is an address such as https://q.example.cn: phones reach no other kind")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise SettingRefused("YIMA_BASE_URL is a host alone, without a path")
    if parts.port is not None:
        raise SettingRefused("YIMA_BASE_URL names a port, which WeChat's web-view does not open")
    if _is_address(parts.hostname) or "." not in parts.hostname:
        raise SettingRefused("YIMA_BASE_URL is a public name with an ICP registration, no address and no localhost")
    return f"https://{parts.hostname}"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _appid(value: str) -> str:
    if not APPID.fullmatch(value):
        raise SettingRefused("YIMA_WECHAT_APPID is the AppID of the mini-program: wx and sixteen of 0-9, a-f")
    return value


def _name(value: str) -> str:
    if not 0 < len(value.strip()) <= NAME_CHARS or not value.isprintable():
        raise SettingRefused(f"YIMA_MINIPROGRAM_NAME is a title of at most {NAME_CHARS} characters")
    return value.strip()


def _prefixes(env: Mapping[str, str], base_url: str) -> tuple[str, ...]:
    """As qr/payload.py has them, each with a slash at its end: what is printed now, then what still hangs."""
    printed = env.get("YIMA_CODE_PREFIX") or f"{base_url}/q/"
    found = dict.fromkeys([printed, *env.get("YIMA_CODE_EARLIER_PREFIXES", "").split()])
    for prefix in found:
        name = "YIMA_CODE_PREFIX" if prefix == printed else "YIMA_CODE_EARLIER_PREFIXES"
        if not _PREFIX.fullmatch(prefix):
            raise SettingRefused(f"{name}: {prefix} is no address such as https://q.example.cn/q/")
    return tuple(prefix if prefix.endswith("/") else f"{prefix}/" for prefix in found)


def _position(value: str) -> str:
    if value not in POSITIONS:
        raise SettingRefused(f"YIMA_MINIPROGRAM_POSITION is one of {', '.join(POSITIONS)}")
    return value


def _hotline(value: str) -> str:
    if value and not _HOTLINE.fullmatch(value):
        raise SettingRefused("YIMA_HOTLINE is a number to call")
    return value


def _long_term(text: str) -> dict[str, bool]:
    """The templates that the server sends by, in its order, each with whether it is a long-term one."""
    try:
        found = json.loads(text)
        each = [(template["id"], bool(template.get("long_term"))) for template in found.values()]
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise SettingRefused("YIMA_WECHAT_TEMPLATES is no JSON as docs/wechat.md shows it") from error
    return dict(each)


def _templates(
    env: Mapping[str, str], name: str, long_term: Mapping[str, bool], otherwise: tuple[str, ...]
) -> tuple[str, ...]:
    named = tuple(env[name].replace(",", " ").split()) if name in env else otherwise
    if len(named) > TEMPLATES_MOST:
        raise SettingRefused(f"{name} names the templates to ask for: {len(named)} are more than {TEMPLATES_MOST}")
    for template in named:
        if not _TEMPLATE.fullmatch(template) or template not in long_term:
            raise SettingRefused(f"{name}: {template} is no template of YIMA_WECHAT_TEMPLATES")
    if len({long_term[template] for template in named}) > 1:
        raise SettingRefused(f"{name}: long-term and one-time templates cannot be asked for together")
    return tuple(dict.fromkeys(named))
