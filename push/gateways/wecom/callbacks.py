"""What WeCom posts to us: opened, checked, and written down once. The verification of the address as well."""

from datetime import datetime

from push.gateways.crypto import CallbackCipher, CallbackForged
from push.gateways.wecom import card_actions, tap_inbox
from push.gateways.wecom.runtime import WecomRuntime

_SKEW_S = 3600
"""The vendor repeats within seconds; what is signed an hour ago or ahead is somebody's copy, or a clock is wrong."""


def verify(runtime: WecomRuntime, signature: str, timestamp: str, nonce: str, echostr: str) -> bytes:
    """What to answer when the console checks the address. Raises CallbackForged."""
    return _cipher_of(runtime).open(signature, timestamp, nonce, echostr)


async def receive(
    runtime: WecomRuntime, signature: str, timestamp: str, nonce: str, body: bytes, now: datetime
) -> bool:
    """Take in what was posted. Whether it is news for us. Raises CallbackForged, CallbackUnreadable."""
    encrypted = card_actions.encrypted_in(body)
    message = _cipher_of(runtime).open(signature, timestamp, nonce, encrypted)
    if not timestamp.isdecimal() or abs(now.timestamp() - int(timestamp)) > _SKEW_S:
        raise CallbackForged("time")
    tap = card_actions.read(message)
    if tap is None:
        return False
    if tap.agent_id != str(runtime.settings.agent_id):
        raise CallbackForged("application")
    return await tap_inbox.receive(tap, now)


def _cipher_of(runtime: WecomRuntime) -> CallbackCipher:
    if runtime.settings.cipher is None:
        raise CallbackForged("no callback is set up")
    return runtime.settings.cipher
