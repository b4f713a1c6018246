"""What a process needs to speak with WeCom, by its environment."""

from collections.abc import Mapping

from backend import clock
from push.gateways.wecom import settings
from push.gateways.wecom.client import WecomClient
from push.gateways.wecom.gateway import WecomGateway


def gateway(env: Mapping[str, str]) -> WecomGateway:
    """The gateway of a worker. Raises SettingMissing."""
    found = settings.read(env)
    return WecomGateway(found, WecomClient(found, clock.now), clock.now)
