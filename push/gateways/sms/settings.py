"""What this gateway reads from the environment."""

from collections.abc import Mapping
from enum import StrEnum
from urllib.parse import urlsplit

import msgspec

from backend.config import SettingMissing
from push.gateways.sms.variables import KNOWN, USUAL

VENDOR, SIGN = "YIMA_SMS_VENDOR", "YIMA_SMS_SIGN"
KEY_ID, KEY_SECRET, APP_ID = "YIMA_SMS_KEY_ID", "YIMA_SMS_KEY_SECRET", "YIMA_SMS_APP_ID"
TEMPLATE, TEMPLATES, VARIABLES = "YIMA_SMS_TEMPLATE", "YIMA_SMS_TEMPLATES", "YIMA_SMS_VARIABLES"
BASE, REGION, LINK_TEMPLATE = "YIMA_SMS_BASE", "YIMA_SMS_REGION", "YIMA_SMS_LINK_TEMPLATE"
_SIGNS_OF_A_SETUP = (VENDOR, KEY_ID, KEY_SECRET, SIGN, TEMPLATE, TEMPLATES, BASE)


class SmsVendor(StrEnum):
    ALIYUN = "aliyun"
    TENCENT = "tencent"


class SmsSettings(msgspec.Struct, frozen=True, kw_only=True):
    vendor: SmsVendor
    key_id: str
    key_secret: str
    sign: str
    """签名, as it was approved, without 【】."""
    template: str
    """For kinds of message that have none of their own; empty: those are not sent."""
    templates: Mapping[str, str]
    """By kind of message."""
    variables: tuple[str, ...]
    """In the order in which the templates have them."""
    app_id: str
    """Tencent's SdkAppId."""
    base: str
    """In place of the vendor's address; empty: the vendor's."""
    region: str
    link_template: str
    """With the same variables and one more: for a message that a link into the mini-program goes with. Empty: none."""

    def template_of(self, kind: str) -> str:
        return self.templates.get(kind, self.template)


def read(env: Mapping[str, str]) -> SmsSettings | None:
    """None where no text messages are set up. Raises SettingMissing for what is set up by half."""
    if not any(env.get(name) for name in _SIGNS_OF_A_SETUP):
        return None
    vendor = _vendor(_needed(env, VENDOR))
    found = SmsSettings(
        vendor=vendor,
        key_id=_needed(env, KEY_ID),
        key_secret=_needed(env, KEY_SECRET),
        sign=_needed(env, SIGN).strip("【】"),
        template=env.get(TEMPLATE, ""),
        templates=_templates(env.get(TEMPLATES, "")),
        variables=_variables(env.get(VARIABLES, " ".join(USUAL))),
        app_id=_needed(env, APP_ID) if vendor is SmsVendor.TENCENT else "",
        base=_base(env.get(BASE, "")),
        region=env.get(REGION, "ap-guangzhou"),
        link_template=env.get(LINK_TEMPLATE, ""),
    )
    if found.link_template and not env.get("YIMA_WECHAT_APPID"):
        raise SettingMissing(f"{LINK_TEMPLATE} is set, but no mini-program to link to: YIMA_WECHAT_APPID")
    if not found.template and not found.templates:
        raise SettingMissing(f"{TEMPLATE} is not set: text messages go out by an approved template alone")
    return found


def _needed(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise SettingMissing(f"{name} is not set, but text messages are set up otherwise")
    return value


def _vendor(name: str) -> SmsVendor:
    try:
        return SmsVendor(name)
    except ValueError:
        raise SettingMissing(f"{VENDOR} is either aliyun or tencent") from None


def _templates(text: str) -> Mapping[str, str]:
    pairs = [each.partition("=") for each in text.replace(",", " ").split()]
    if not all(kind and template for kind, _, template in pairs):
        raise SettingMissing(f"{TEMPLATES} is written as OrderDispatched=SMS_1 OrderEscalated=SMS_2")
    return {kind: template for kind, _, template in pairs}


def _variables(text: str) -> tuple[str, ...]:
    names = tuple(text.replace(",", " ").split())
    if unknown := set(names) - set(KNOWN):
        raise SettingMissing(f"{VARIABLES}: {' '.join(sorted(unknown))}; there are {' '.join(KNOWN)}")
    return names


def _base(text: str) -> str:
    base = text.rstrip("/")
    if base and (urlsplit(base).scheme not in ("http", "https") or urlsplit(base).path):
        raise SettingMissing(f"{BASE} is an address as https://host:port")
    return base
