"""Settings: read once from the environment by app, worker, cli and piccolo_conf, then handed down as values.

Secrets have working defaults only in demo mode; anywhere else a missing secret stops the start with its name.
"""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

DEMO = "demo"
PRODUCTION = "production"
_DEMO_SECRET = "demo-only-secret-never-use-it-on-a-real-street"  # noqa: S105
_SECRET_MIN_CHARS = 32
_SECRET_MIN_DIFFERENT = 10
_VENDORS = ("PUSH", "WECHAT", "WECOM", "FCM", "JPUSH", "SMS", "MQTT", "ONENET", "SENSOR", "MAP_TILES")
_GATEWAYS = tuple(f"YIMA_{vendor}_" for vendor in _VENDORS)
_THIS_ONE = ("127.0.0.1", "::1", "localhost")
_DAYS_MAX = 36500
ACCEPTED_ERROR, ACCEPTED_ERROR_MOST = 0.05, 0.5
_FIX_DAYS_MIN = 8
"""A closed order may be reopened for seven days, and then it is asked where the handler was."""


class SettingMissing(RuntimeError):
    """A setting that has no safe default is absent or too weak."""


@dataclass(frozen=True, slots=True)
class Settings:
    mode: str
    database_url: str
    state_dir: Path
    host: str
    port: int
    base_url: str
    webhook_networks: tuple[str, ...]
    """Networks of the town's own to which webhooks may go, as 10.20.0.0/16; empty means the internet by https alone."""
    trusted_proxies: tuple[str, ...]
    """Addresses and networks whose X-Forwarded-For is believed, as 127.0.0.1 or 10.0.0.0/8; empty means nobody's."""
    secret: str
    metrics_token: str
    """Sent as a bearer token to /metrics; empty, /metrics answers this machine in a demo, and nobody in production."""
    quotas: str
    """A town's own quotas, as report-device=20+60: at once, and an hour; the others stay as they are."""
    pool_min: int
    pool_max: int
    has_service_workers: bool
    """False: phones drop what they keep of the pages for the time without network; what waits to be sent stays."""
    hotline: str
    """Phone number printed on plates and shown when a page cannot help."""
    code_prefix: str
    """What stands before the code in a printed symbol; empty means base_url/q/."""
    code_is_upper: bool
    code_earlier_prefixes: str
    """Prefixes of plates that still hang, separated by spaces: read, never printed."""
    code_keys: str
    """Signing keys as number:secret,number:secret, the last one current; empty means one key from `secret`."""
    seal_keys: str
    """Keys of personal data at rest, number:secret,number:secret, the highest seals; empty means one from `secret`."""
    identity_keys: str
    """The same for the identities of those who complained: kept apart from the others."""

    sample_percent: int
    """How many of a hundred easy orders a person verifies; the system passes the others where the proof holds."""

    accepted_error: float
    """Of texts that go to an item without a person, this share may go to a wrong one; a source may say its own."""

    comparison_error: float | None
    """How often comparing photos may call gone what is not, as a share; None: nothing is compared, 0: only shown."""

    fix_days: int
    """So long after an order has ended the raw positions of its arrivals are kept."""

    job_log_days: int
    """So long the queue's notes of its jobs are kept; facts and messages are not in there."""

    message_days: int
    """So long messages and the log of their deliveries are kept."""

    volunteer_days: int
    """So long after somebody was refused or left as a volunteer the sealed name, number and phones are kept."""

    correction_days: int
    """So long the words of a corrected item are kept, sealed, for a model to learn from."""

    photo_max_mb: int
    photo_thin_after_days: int
    """After so long only a photo's thumbnail is left, unless it is held."""
    photo_unused_for_days: int
    """A photo that belongs to no report or order by then goes."""
    disk_min_mb: int
    """With less left on the disk of `state_dir`, the instance is not ready."""
    s3_endpoint: str
    """The store for photos, as http(s)://host:port; empty means this machine's disk."""
    s3_bucket: str
    s3_access_key: str
    s3_secret_key: str
    gateway_environment: Mapping[str, str]
    """YIMA_WECHAT_…, YIMA_WECOM_…, YIMA_FCM_…, YIMA_JPUSH_…, YIMA_SMS_…, YIMA_PUSH_…: each gateway reads its own. What
    comes in from others: YIMA_MQTT_…, YIMA_ONENET_…, YIMA_SENSOR_…; whose map lies beneath ours: YIMA_MAP_TILES_…"""

    @property
    def is_demo(self) -> bool:
        return self.mode == DEMO

    @property
    def media_dir(self) -> Path:
        return self.state_dir / "media"

    @property
    def disk_min_bytes(self) -> int:
        return self.disk_min_mb * 1024 * 1024

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def from_environment(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings. Raises SettingMissing with the variable's name."""
    env = os.environ if env is None else env
    mode = env.get("YIMA_MODE", PRODUCTION)
    if mode not in (DEMO, PRODUCTION):
        raise SettingMissing("YIMA_MODE is either demo or production")
    host = env.get("HOST", "127.0.0.1")
    port = int(env.get("PORT", "8000"))
    return Settings(
        mode=mode,
        database_url=_required(env, "DATABASE_URL"),
        state_dir=Path(env.get("YIMA_STATE", ".yima")).resolve(),
        host=host,
        port=port,
        base_url=_base_url(env, mode, f"http://{host}:{port}"),
        webhook_networks=_networks(env, "YIMA_WEBHOOK_NETWORKS"),
        trusted_proxies=_networks(env, "YIMA_TRUSTED_PROXIES"),
        secret=_secret(env, mode),
        metrics_token=env.get("YIMA_METRICS_TOKEN", ""),
        quotas=env.get("YIMA_QUOTAS", ""),
        pool_min=int(env.get("YIMA_POOL_MIN", "2")),
        pool_max=int(env.get("YIMA_POOL_MAX", "10")),
        has_service_workers=env.get("YIMA_SERVICE_WORKERS", "on") != "off",
        hotline=env.get("YIMA_HOTLINE", "12345"),
        code_prefix=env.get("YIMA_CODE_PREFIX", ""),
        **_verification(env),
        accepted_error=_share(env, "YIMA_ACCEPTED_ERROR", ACCEPTED_ERROR, most=ACCEPTED_ERROR_MOST),
        **_retention_days(env),
        photo_max_mb=int(env.get("YIMA_PHOTO_MAX_MB", "20")),
        photo_thin_after_days=int(env.get("YIMA_PHOTO_THIN_AFTER_DAYS", "365")),
        photo_unused_for_days=int(env.get("YIMA_PHOTO_UNUSED_FOR_DAYS", "7")),
        disk_min_mb=int(env.get("YIMA_DISK_MIN_MB", "500")),
        **_photo_store(env),
        code_is_upper=env.get("YIMA_CODE_CASE", "as-is") == "upper",
        code_earlier_prefixes=env.get("YIMA_CODE_EARLIER_PREFIXES", ""),
        code_keys=env.get("YIMA_CODE_KEYS", ""),
        seal_keys=env.get("YIMA_SEAL_KEYS", ""),
        identity_keys=env.get("YIMA_IDENTITY_KEYS", ""),
        gateway_environment={name: value for name, value in env.items() if name.startswith(_GATEWAYS)},
    )


def database_url_from_environment() -> str:
    """The one setting that table modules need at import, long before an entry point has read the rest."""
    return os.environ.get("DATABASE_URL", "")


def _required(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SettingMissing(f"{name} is not set")
    return value


def _networks(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    given = tuple(env.get(name, "").replace(",", " ").split())
    try:
        return tuple(str(ipaddress.ip_network(each)) for each in given)
    except ValueError as error:
        raise SettingMissing(
            f"{name}: {error}; it takes addresses and networks, such as 127.0.0.1,10.0.0.0/8"
        ) from error


def _percent(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal() or int(value) > 100:
        raise SettingMissing(f"{name} is a whole number from 0 to 100")
    return int(value)


def _share(env: Mapping[str, str], name: str, default: float, *, most: float) -> float:
    value = env.get(name, str(default))
    if not re.fullmatch(r"0?\.[0-9]{1,6}", value) or not 0 < float(value) <= most:
        raise SettingMissing(f"{name} is a share above 0 and up to {most}, such as {default}")
    return float(value)


def _verification(env: Mapping[str, str]) -> dict[str, Any]:
    return {
        "sample_percent": _percent(env, "YIMA_SAMPLE_PERCENT", 100),
        "comparison_error": _error_percent(env, "YIMA_COMPARISON_ERROR_PERCENT"),
    }


def _error_percent(env: Mapping[str, str], name: str) -> float | None:
    """A share, of percent with a decimal point; None where nothing is said."""
    value = env.get(name, "")
    try:
        percent = float(value) if value else None
    except ValueError:
        percent = -1.0
    if percent is not None and not 0 <= percent <= 50:
        raise SettingMissing(f"{name} is a number of percent from 0 to 50, such as 0.5")
    return None if percent is None else percent / 100


def _photo_store(env: Mapping[str, str]) -> dict[str, Any]:
    named = {"s3_endpoint": "", "s3_bucket": "yima", "s3_access_key": "", "s3_secret_key": ""}
    return {name: env.get(f"YIMA_{name.upper()}", default) for name, default in named.items()}


def _retention_days(env: Mapping[str, str]) -> dict[str, int]:
    return {
        "fix_days": _days(env, "YIMA_FIX_DAYS", 180, least=_FIX_DAYS_MIN),
        "job_log_days": _days(env, "YIMA_JOB_LOG_DAYS", 1, least=1),
        "message_days": _days(env, "YIMA_MESSAGE_DAYS", 365, least=30),
        "volunteer_days": _days(env, "YIMA_VOLUNTEER_DAYS", 90, least=1),
        "correction_days": _days(env, "YIMA_CORRECTION_DAYS", 365, least=1),
    }


def _days(env: Mapping[str, str], name: str, default: int, *, least: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal() or not least <= int(value) <= _DAYS_MAX:
        raise SettingMissing(f"{name} is a whole number of days from {least} to {_DAYS_MAX}")
    return int(value)


def _secret(env: Mapping[str, str], mode: str) -> str:
    secret = env.get("YIMA_SECRET", "")
    if not secret and mode == DEMO:
        return _DEMO_SECRET
    if len(secret) < _SECRET_MIN_CHARS or len(set(secret)) < _SECRET_MIN_DIFFERENT or secret == _DEMO_SECRET:
        raise SettingMissing(
            f"YIMA_SECRET needs at least {_SECRET_MIN_CHARS} characters drawn by chance, {_SECRET_MIN_DIFFERENT} of "
            "them different; make one with: openssl rand -base64 48"
        )
    return secret


def _base_url(env: Mapping[str, str], mode: str, own: str) -> str:
    """The address that plates and links carry. In production it is https, but for a rehearsal on one machine."""
    url = env.get("YIMA_BASE_URL", own).rstrip("/")
    host = urlsplit(url).hostname or ""
    if mode == PRODUCTION and not url.startswith("https://") and not (url.startswith("http://") and host in _THIS_ONE):
        raise SettingMissing(
            "YIMA_BASE_URL is an https:// address in production, such as https://yima.example.gov.cn: plates and "
            "links carry it, browsers give a position to no other, and cookies travel in the open otherwise"
        )
    return url
