"""The runtimes of the packages below as the settings want them, the same for web, worker and commands."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.config import SettingMissing, Settings
from backend.intake import runtime as intake_runtime
from backend.intake.items import suggesting
from backend.intake.runtime import IntakeRuntime
from backend.intake.sensors.mqtt import settings as broker_settings
from backend.intake.sensors.mqtt.settings import BrokerSettings
from backend.intake.sensors.pushes import setup as push_setup
from backend.intake.sensors.pushes.setup import PushSetup
from backend.maps.tile_service import settings as tile_settings
from backend.maps.tile_service.service import TileService
from backend.orders.verifying.checks import Sampling
from backend.privacy import seals
from backend.privacy.seals import Seal
from backend.quotas import rules
from backend.quotas.rules import Quota
from media import runtime
from media.decoder.pool import Decoder
from media.limits import MIB, DecodeLimits
from media.runtime import MediaRuntime
from media.service import Retention
from media.storage import S3Settings
from push.channels import Channel
from push.gateways import Gateway, registry
from push.gateways.wecom import runtime as wecom_runtime
from qr.payload import Payload, payload
from shops.pickup.payments import runtime as payment_runtime
from shops.pickup.payments.providers import PaymentProvider

if TYPE_CHECKING:
    from push.gateways.wechat.mini_program import MiniProgram


def photos(settings: Settings, decoder: Decoder | None = None) -> AbstractAsyncContextManager[MediaRuntime]:
    """The runtime of media, open for the life of a process. A decoder that is handed in outlives it."""
    limits = DecodeLimits(file_max_bytes=settings.photo_max_mb * MIB)
    return runtime.start(settings.media_dir, settings.secret, s3=_s3(settings), limits=limits, decoder=decoder)


def retention(settings: Settings) -> Retention:
    """How long which photos are kept."""
    return Retention(
        thin_after=timedelta(days=settings.photo_thin_after_days),
        unused_for=timedelta(days=settings.photo_unused_for_days),
    )


def fixes_for(settings: Settings) -> timedelta:
    """How long raw fixes are kept once an order has ended."""
    return timedelta(days=settings.fix_days)


def quotas_of(settings: Settings) -> Mapping[str, Quota]:
    """How much devices, addresses and doors may ask for. Raises SettingMissing for a quota that is none."""
    try:
        return rules.read(settings.quotas)
    except ValueError as error:
        raise SettingMissing(f"YIMA_QUOTAS: {error}") from error


def gateways(settings: Settings) -> dict[Channel, Gateway]:
    """The vendors by whom messages leave. Raises SettingMissing for one that is set up by half."""
    return registry.gateways(settings.gateway_environment)


def mini_program(settings: Settings) -> "MiniProgram | None":
    """WeChat for a web process; None where it is not set up. Raises SettingMissing for one that is set up by half."""
    if not settings.gateway_environment.get("YIMA_WECHAT_APPID"):
        return None
    from push.gateways.wechat import start

    return start.mini_program(settings.gateway_environment)


@asynccontextmanager
async def wecom(settings: Settings) -> AsyncIterator[None]:
    """What speaks with WeCom besides the gateway, open for the life of a process; nothing where it is not set up."""
    if not settings.gateway_environment.get("YIMA_WECOM_CORPID"):
        yield
        return
    async with wecom_runtime.start(settings.gateway_environment):
        yield


def intake(settings: Settings) -> AbstractAsyncContextManager[IntakeRuntime]:
    """What receives from other systems, open for the life of a process."""
    return intake_runtime.start(
        IntakeRuntime(
            seal=personal_seal(settings),
            payload=payload_of(settings),
            model=suggesting.model_of(settings.state_dir),
            base_url=settings.base_url,
            accepted_error=settings.accepted_error,
            webhook_networks=settings.webhook_networks,
        )
    )


def payments(settings: Settings) -> AbstractAsyncContextManager[PaymentProvider]:
    """By whom shops pay, open for the life of a process. Raises SettingMissing for what is set up by half."""
    return payment_runtime.start(settings.gateway_environment, settings.base_url)


def broker(settings: Settings) -> BrokerSettings | None:
    """Where sensors publish; None where no broker is named. Raises SettingMissing for settings that are none."""
    try:
        return broker_settings.read(settings.gateway_environment)
    except ValueError as error:
        raise SettingMissing(str(error)) from error


def sensor_pushes(settings: Settings) -> PushSetup:
    """What messages of sensors are read by. Raises SettingMissing for a file or a key that is none."""
    try:
        return push_setup.read(settings.gateway_environment)
    except ValueError as error:
        raise SettingMissing(str(error)) from error


def tile_service(settings: Settings) -> TileService | None:
    """Whose map is drawn beneath ours; None where no service is named. Raises SettingMissing for one that cannot be."""
    try:
        known = tile_settings.read(settings.gateway_environment)
    except ValueError as error:
        raise SettingMissing(str(error)) from error
    return TileService(known) if known else None


def sampling(settings: Settings) -> Sampling:
    """How many easy orders a person looks at, and the key of the draw."""
    key = hmac.digest(settings.secret.encode(), b"sample", hashlib.sha256)
    return Sampling(settings.sample_percent, key, settings.comparison_error)


def personal_seal(settings: Settings) -> Seal:
    """What names and numbers of people are sealed with. Raises SettingMissing for keys that are none."""
    return _seal(settings.secret, settings.seal_keys, seals.PERSONAL, "YIMA_SEAL_KEYS")


def identity_seal(settings: Settings) -> Seal:
    """What the identity of whoever complained is sealed with. Raises SettingMissing for keys that are none."""
    return _seal(settings.secret, settings.identity_keys, seals.IDENTITY, "YIMA_IDENTITY_KEYS")


def payload_of(settings: Settings) -> Payload:
    """What this town prints into its symbols. Raises SettingMissing for a prefix that is none."""
    try:
        return payload(settings.base_url, settings.code_prefix, settings.code_is_upper, settings.code_earlier_prefixes)
    except ValueError as error:
        raise SettingMissing(f"YIMA_CODE_PREFIX, YIMA_CODE_EARLIER_PREFIXES: {error}") from error


def _seal(secret: str, numbered: str, purpose: str, name: str) -> Seal:
    try:
        return Seal(seals.numbered(secret, numbered), purpose)
    except ValueError as error:
        raise SettingMissing(f"{name}: {error}") from error


def _s3(settings: Settings) -> S3Settings | None:
    """The store that the settings name, or none for this machine's disk."""
    if not settings.s3_endpoint:
        return None
    return S3Settings(settings.s3_endpoint, settings.s3_bucket, settings.s3_access_key, settings.s3_secret_key)
