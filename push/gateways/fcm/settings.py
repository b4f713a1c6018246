"""What this gateway reads from the environment."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec

from backend.config import SettingMissing

CREDENTIALS, BASE = "YIMA_FCM_CREDENTIALS", "YIMA_FCM_BASE"
_GOOGLE = "https://fcm.googleapis.com"


class FcmSettings(msgspec.Struct, frozen=True, kw_only=True):
    """`account`: the service account, as the console gives it. `base`: without a slash at its end."""

    account: Mapping[str, Any]
    base: str = _GOOGLE


def read(env: Mapping[str, str]) -> FcmSettings | None:
    """None where FCM is not set up. Raises SettingMissing for a file that is none, and for a base without one."""
    path, base = env.get(CREDENTIALS, ""), env.get(BASE, "").rstrip("/")
    if not path and base:
        raise SettingMissing(f"{CREDENTIALS} is not set, but {BASE} is")
    if not path:
        return None
    if base and urlsplit(base).scheme not in ("http", "https"):
        raise SettingMissing(f"{BASE} is an address as https://…")
    return FcmSettings(account=_account(path), base=base or _GOOGLE)


def _account(path: str) -> Mapping[str, Any]:
    try:
        account = json.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SettingMissing(f"{CREDENTIALS} names no readable JSON file: {type(error).__name__}") from None
    if not isinstance(account, dict) or account.get("type") != "service_account" or not account.get("project_id"):
        raise SettingMissing(f"{CREDENTIALS} names a file that is no service account; download one from the console")
    return account
