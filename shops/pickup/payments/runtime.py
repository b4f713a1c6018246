"""The provider of this process: offline, unless WeChat Pay is set up. Loaded and opened for the life of a process."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from backend.config import SettingMissing
from shops.pickup.payments.providers import Offline, PaymentProvider

EXTRA = "yima[wechat-pay]"
_open: list[PaymentProvider] = []


@asynccontextmanager
async def start(env: Mapping[str, str], base_url: str) -> AsyncIterator[PaymentProvider]:
    """Open the provider that the environment sets up. Raises SettingMissing for one that is set up by half."""
    from shops.pickup.payments.wechat import settings

    found = settings.read(env, base_url)
    if found is None:
        yield Offline()
        return
    try:
        from shops.pickup.payments.wechat import client
    except ImportError as error:
        raise SettingMissing(f"WeChat Pay is set up, but its package is not installed: {EXTRA}") from error
    async with client.opened(found) as provider:
        _open.append(provider)
        try:
            yield provider
        finally:
            _open.remove(provider)


def current_provider() -> PaymentProvider:
    """What this process has opened; offline where that is nothing."""
    return _open[-1] if _open else Offline()
