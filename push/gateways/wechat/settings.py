"""Who we are at WeChat, and what the templates of this town's mini-program take: read from the environment."""

from collections.abc import Mapping

import msgspec

from backend.config import SettingMissing
from push.gateways.wechat.sources import SOURCES
from push.gateways.wechat.values import KINDS, kind_of

VENDOR = "https://api.weixin.qq.com"
ANY_KIND = "*"
SDK_FILE = "YIMA_WECHAT_SDK_FILE"
_AES_KEY_CHARS = 43
_PAGE = "pages/web/index?to=/inbox/{message_id}"


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A template as the vendor approved it, and what we put into its fields."""

    id: str
    data: dict[str, str]
    """By the template's own key, such as thing2: the names of sources, tried in turn, as `due|now`; `=words` as is."""
    page: str = _PAGE
    """The page of the mini-program that a tap opens; takes {message_id} and {order_id}."""
    long_term: bool = False
    """One agreement serves for every message, as the vendor grants it to public services."""

    def page_of(self, message_id: int, order_id: int | None) -> str:
        """The page for a message, with its query."""
        return self.page.format(message_id=message_id, order_id=order_id or "")


_PLAIN = Template(id="", data={})
"""Where a kind of message has no template, its link leads to the usual page."""


class WechatSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`templates`: by the name of the fact. `token`, `aes_key`: of the message push; empty where none is set up."""

    appid: str
    secret: str
    base: str = VENDOR
    token: str = ""
    aes_key: str = ""
    templates: Mapping[str, Template] = {}
    state: str = "formal"
    official_appid: str = ""
    official_secret: str = ""
    sdk_file: str = ""
    """The path of the vendor's script for pages inside WeChat; empty where pages go without."""

    @property
    def has_callbacks(self) -> bool:
        return bool(self.token)

    @property
    def official_account(self) -> "WechatSettings | None":
        """The settings of the official account, whose pages use the JS-SDK; None where there is none."""
        if not self.official_appid:
            return None
        return WechatSettings(appid=self.official_appid, secret=self.official_secret, base=self.base)

    def template_for(self, kind: str) -> Template | None:
        """The template for messages about this fact, if there is one."""
        return self.templates.get(kind) or self.templates.get(ANY_KIND)

    def page_for(self, kind: str, message_id: int, order_id: int | None) -> str:
        """The page of the mini-program that a message about this fact opens, with its query."""
        template = self.template_for(kind)
        return (template or _PLAIN).page_of(message_id, order_id)

    def template(self, template_id: str) -> Template | None:
        return next((each for each in self.templates.values() if each.id == template_id), None)


def read(env: Mapping[str, str]) -> WechatSettings | None:
    """The settings, or None where WeChat is not set up. Raises SettingMissing with the name of what is wrong."""
    appid = env.get("YIMA_WECHAT_APPID", "")
    if not appid:
        return None
    return WechatSettings(
        appid=appid,
        secret=_needed(env, "YIMA_WECHAT_SECRET"),
        base=_base(env),
        **_message_push(env),
        templates=_templates(env.get("YIMA_WECHAT_TEMPLATES", "{}")),
        state=_state(env),
        **_official_account(env),
    )


def _needed(env: Mapping[str, str], name: str) -> str:
    if not env.get(name):
        raise SettingMissing(f"{name} is not set, though YIMA_WECHAT_APPID is")
    return env[name]


def _base(env: Mapping[str, str]) -> str:
    base = env.get("YIMA_WECHAT_BASE", VENDOR).rstrip("/")
    if not base.startswith(("https://", "http://")):
        raise SettingMissing("YIMA_WECHAT_BASE is an address, such as https://api.weixin.qq.com")
    return base


def _message_push(env: Mapping[str, str]) -> dict[str, str]:
    token, aes_key = env.get("YIMA_WECHAT_TOKEN", ""), env.get("YIMA_WECHAT_AES_KEY", "")
    if bool(token) != bool(aes_key):
        raise SettingMissing("YIMA_WECHAT_TOKEN and YIMA_WECHAT_AES_KEY are set both, or neither")
    if aes_key and not (len(aes_key) == _AES_KEY_CHARS and aes_key.isascii() and aes_key.isalnum()):
        raise SettingMissing(f"YIMA_WECHAT_AES_KEY is the EncodingAESKey of {_AES_KEY_CHARS} letters and digits")
    return {"token": token, "aes_key": aes_key}


def _official_account(env: Mapping[str, str]) -> dict[str, str]:
    appid, secret = env.get("YIMA_WECHAT_OFFICIAL_APPID", ""), env.get("YIMA_WECHAT_OFFICIAL_SECRET", "")
    if bool(appid) != bool(secret):
        raise SettingMissing("YIMA_WECHAT_OFFICIAL_APPID and YIMA_WECHAT_OFFICIAL_SECRET are set both, or neither")
    sdk_file = env.get(SDK_FILE, "")
    if sdk_file and not appid:
        raise SettingMissing(f"{SDK_FILE} is set, but no official account: YIMA_WECHAT_OFFICIAL_APPID")
    return {"official_appid": appid, "official_secret": secret, "sdk_file": sdk_file}


def _state(env: Mapping[str, str]) -> str:
    state = env.get("YIMA_WECHAT_STATE", "formal")
    if state not in ("formal", "trial", "developer"):
        raise SettingMissing("YIMA_WECHAT_STATE is formal, trial or developer")
    return state


def _templates(text: str) -> dict[str, Template]:
    try:
        found = msgspec.json.decode(text, type=dict[str, Template])
    except msgspec.DecodeError as error:
        raise SettingMissing(f"YIMA_WECHAT_TEMPLATES: {error}") from error
    for kind, template in found.items():
        if wrong := _wrong_in(template):
            raise SettingMissing(f"YIMA_WECHAT_TEMPLATES: {kind}: {wrong}")
    return found


def _wrong_in(template: Template) -> str:
    """What is wrong in a template, in words; empty where nothing is."""
    try:
        template.page.format(message_id=1, order_id=1)
    except (LookupError, ValueError):
        return f"page {template.page} takes {{message_id}} and {{order_id}} and nothing else in braces"
    for key, names in template.data.items():
        if kind_of(key) not in KINDS:
            return f"{key} is no key of a template, such as thing2"
        unknown = [] if names.startswith("=") else [name for name in names.split("|") if name not in SOURCES]
        if unknown:
            return f"{key}: {unknown[0]} is none of {', '.join(SOURCES)}"
    return ""
