"""CTWing as its pages on subscriptions have it: posts JSON, wants 200, tries four times, and rests after failures.

It is the client here: `send` carries a request to the address that it was set up with. Nothing is signed.
"""

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.onenet import Send

TRIES = 4
REST_AFTER = 100


class FakeCtwing:
    """A subscription. `left_out`: messages of a minute in which it rests, which nobody gets."""

    def __init__(self, address: str, send: Send) -> None:
        self._address, self._send = address, send
        self._failures, self.left_out = 0, 0

    async def push(self, message: Mapping[str, Any]) -> bool:
        """Whether it was taken in one of four tries."""
        if self._failures > REST_AFTER:
            self.left_out += 1
            return False
        for _ in range(TRIES):
            status, _ = await self._send("POST", self._address, json.dumps(message).encode())
            if status == 200:
                self._failures = 0
                return True
            self._failures += 1
        return False


def report(imei: str, at_ms: int, payload: Mapping[str, Any]) -> dict[str, Any]:
    """A dataReport as the page on formats shows one."""
    head = {"upPacketSN": -1, "upDataSN": -1, "topic": "v1/up/ad19", "tenantId": "2000033827", "serviceId": 10}
    tail = {"deviceType": "", "assocAssetId": "", "IMSI": "undefined", "protocol": "lwm2m", "productId": "15045240"}
    own = {"timestamp": at_ms, "payload": payload, "deviceId": "d01308047f864601a821e02dc328eab4", "IMEI": imei}
    return head | tail | own | {"messageType": "dataReport"}
