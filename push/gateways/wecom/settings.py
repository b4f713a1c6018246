"""The settings of WeCom, read once. A government build (政务微信) has hosts, a CA and a set of features of its own."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from backend.config import SettingMissing
from push.gateways.crypto import CallbackCipher

_BASE = "https://qyapi.weixin.qq.com"
_OAUTH_BASE = "https://open.weixin.qq.com"
_THIS_ONE = ("127.0.0.1", "::1", "localhost")


class Capability(StrEnum):
    """What this WeCom can do. Where one is missing, the message goes out in a plainer form."""

    TEXTCARD = "textcard"
    TEMPLATE_CARD = "template_card"
    UPDATE_CARD = "update_card"
    MARKDOWN = "markdown"
    DUPLICATE_CHECK = "duplicate_check"


@dataclass(frozen=True, slots=True, kw_only=True)
class WecomSettings:
    corpid: str
    agent_id: int
    secret: str = field(repr=False)
    base: str
    """Where the API is, as https://host[:port], without a slash at its end."""
    oauth_base: str
    """Where members are asked who they are; of a government build often another host."""
    ca_bundle: str
    """A file of certificates to trust besides no other; empty: those of this machine."""
    capabilities: frozenset[Capability]
    cipher: CallbackCipher | None = field(repr=False)
    """Opens callbacks; None where no callback is set up, and then no card has buttons."""

    @property
    def has_buttons(self) -> bool:
        return Capability.TEMPLATE_CARD in self.capabilities and self.cipher is not None


def read(env: Mapping[str, str]) -> WecomSettings:
    """The settings of an instance that has WeCom. Raises SettingMissing with the name of the one that is wrong."""
    corpid = _required(env, "YIMA_WECOM_CORPID")
    return WecomSettings(
        corpid=corpid,
        agent_id=_number(env, "YIMA_WECOM_AGENT_ID"),
        secret=_required(env, "YIMA_WECOM_SECRET"),
        base=_url(env, "YIMA_WECOM_BASE", _BASE),
        oauth_base=_url(env, "YIMA_WECOM_OAUTH_BASE", _OAUTH_BASE),
        ca_bundle=_ca_bundle(env),
        capabilities=_capabilities(env),
        cipher=_cipher(env, corpid),
    )


def is_set_up(env: Mapping[str, str]) -> bool:
    """Whether this instance has WeCom."""
    return bool(env.get("YIMA_WECOM_CORPID"))


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SettingMissing(f"{name} is not set, and YIMA_WECOM_CORPID is")
    return value


def _number(env: Mapping[str, str], name: str) -> int:
    value = _required(env, name)
    if not value.isdecimal():
        raise SettingMissing(f"{name} is the number of the application, such as 1000002")
    return int(value)


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    url = env.get(name, "").rstrip("/") or default
    parts = urlsplit(url)
    is_here = parts.scheme == "http" and parts.hostname in _THIS_ONE
    if not parts.hostname or (parts.scheme != "https" and not is_here):
        raise SettingMissing(f"{name} is an https:// address: the secret of the application travels to it")
    return url


def _ca_bundle(env: Mapping[str, str]) -> str:
    path = env.get("YIMA_WECOM_CA_BUNDLE", "")
    try:
        if path:
            ssl.create_default_context(cafile=path)
    except OSError as error:
        raise SettingMissing("YIMA_WECOM_CA_BUNDLE is a file of certificates in PEM, and cannot be read") from error
    return path


def _capabilities(env: Mapping[str, str]) -> frozenset[Capability]:
    given = env.get("YIMA_WECOM_CAPABILITIES")
    if given is None:
        return frozenset(Capability)
    try:
        return frozenset(Capability(each.strip()) for each in given.split(",") if each.strip())
    except ValueError as error:
        raise SettingMissing(f"YIMA_WECOM_CAPABILITIES: {error}; there are {','.join(Capability)}") from error


def _cipher(env: Mapping[str, str], corpid: str) -> CallbackCipher | None:
    token, aes_key = env.get("YIMA_WECOM_TOKEN", ""), env.get("YIMA_WECOM_AES_KEY", "")
    if not token and not aes_key:
        return None
    if not token or not aes_key:
        raise SettingMissing("YIMA_WECOM_TOKEN and YIMA_WECOM_AES_KEY are set together, for callbacks")
    try:
        return CallbackCipher(token, aes_key, corpid)
    except ValueError as error:
        raise SettingMissing(f"YIMA_WECOM_AES_KEY: {error}") from error
