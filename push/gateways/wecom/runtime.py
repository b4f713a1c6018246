"""What a process holds to speak with WeCom outside of sending: the settings, and a client of its own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend import clock

if TYPE_CHECKING:
    from push.gateways.wecom.client import WecomClient
    from push.gateways.wecom.settings import WecomSettings

_open: list["WecomRuntime"] = []


@dataclass(frozen=True, slots=True)
class WecomRuntime:
    settings: "WecomSettings"
    client: "WecomClient"


@asynccontextmanager
async def start(env: Mapping[str, str]) -> AsyncIterator[WecomRuntime]:
    """Hold it for the life of a process. What speaks HTTP is loaded here. Raises SettingMissing."""
    from push.gateways.wecom import settings
    from push.gateways.wecom.client import WecomClient

    found = settings.read(env)
    runtime = WecomRuntime(found, WecomClient(found, clock.now))
    _open.append(runtime)
    try:
        yield runtime
    finally:
        _open.remove(runtime)
        await runtime.client.close()


def current_runtime() -> WecomRuntime | None:
    """What this process has started; None where WeCom is not set up."""
    return _open[-1] if _open else None
