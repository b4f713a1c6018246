"""A gateway of many devices that publishes numbered alarms at a steady pace, and keeps a ledger outside of everything.

    python -m bench.parts.sensor_load '{"port": 1883, …}'

A line of the ledger for each thing that happened: `p NUMBER DEVICE` published, `a NUMBER` acknowledged by the broker
with a subscriber, `n NUMBER` acknowledged without one (then it is published again), `c` connected, `l` the connection
lost, each with its instant. After each break the gateway repeats what it published within the last `repeat_s`, as a
careful one does; devices in `plain` are not repeated.
"""

import json
import sys
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

_TICK_S = 0.01
_NO_SUBSCRIBERS = 0x10
_AGAIN_AFTER_S = 0.5
_PATIENCE_S = 180


class Load(msgspec.Struct, frozen=True, kw_only=True):
    """`devices`: number and cause, in turn. `plain`: of these devices nothing is repeated after a break."""

    port: int
    source: str
    devices: list[tuple[str, str]]
    per_s: float
    count: int
    ledger: str
    repeat_s: float = 0
    plain: list[str] = []


class _Alarm(NamedTuple):
    number: int
    device_no: str
    body: bytes


class Gateway:
    """Publishes with QoS 1. Everything but the callbacks runs in one thread."""

    def __init__(self, load: Load) -> None:
        self._load, self._plain = load, set(load.plain)
        self._ledger = Path(load.ledger).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 - open to the end
        self._lock = threading.RLock()
        self._unanswered: dict[int, _Alarm] = {}
        self._open: dict[int, int] = {}
        self._recent: deque[tuple[float, _Alarm]] = deque()
        self._again: deque[tuple[float, _Alarm]] = deque()
        self._breaks = 0
        client = self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id="gateway", protocol=mqtt.MQTTv5, reconnect_on_failure=True
        )
        client.reconnect_delay_set(1, 2)
        client.max_inflight_messages_set(500)
        client.on_connect, client.on_disconnect, client.on_publish = self._connected, self._lost, self._answered

    def run(self) -> None:
        """Publish them all, and wait until the broker has each of them for somebody."""
        self._client.connect("127.0.0.1", self._load.port)
        self._client.loop_start()
        began = time.monotonic()
        number = 0
        while number < self._load.count:
            due = min(self._load.count, int((time.monotonic() - began) * self._load.per_s))
            while number < due:
                self._publish(self._make(number))
                number += 1
            self._repeat()
            time.sleep(_TICK_S)
        ends_at = time.monotonic() + _PATIENCE_S
        while self._is_open() and time.monotonic() < ends_at:
            self._repeat()
            time.sleep(_TICK_S)
        self._client.disconnect()
        self._client.loop_stop()
        self._write("end")

    def _is_open(self) -> bool:
        with self._lock:
            return bool(self._open or self._again)

    def _make(self, number: int) -> _Alarm:
        device_no, cause = self._load.devices[number % len(self._load.devices)]
        said = {"at": time.time_ns() // 1_000_000, "no": str(number), "cause": cause}
        return _Alarm(number, device_no, msgspec.json.encode(said))

    def _publish(self, alarm: _Alarm) -> None:
        with self._lock:
            self._write("p", alarm.number, alarm.device_no)
            topic = f"yima/{self._load.source}/{alarm.device_no}/alarm"
            sent = self._client.publish(topic, alarm.body, qos=1)
            self._unanswered[sent.mid] = alarm
            self._open[alarm.number] = self._open.get(alarm.number, 0) + 1
            self._recent.append((time.monotonic(), alarm))
            while self._recent and self._recent[0][0] < time.monotonic() - self._load.repeat_s:
                self._recent.popleft()

    def _repeat(self) -> None:
        with self._lock:
            while self._again and self._again[0][0] <= time.monotonic():
                self._publish(self._again.popleft()[1])

    def _connected(self, *_: Any) -> None:
        with self._lock:
            self._write("c")
            again = [alarm for _, alarm in self._recent if alarm.device_no not in self._plain] if self._breaks else []
            self._recent.clear()
            self._again.extend((time.monotonic() + _AGAIN_AFTER_S, alarm) for alarm in again)

    def _lost(self, *_: Any) -> None:
        with self._lock:
            self._breaks += 1
            self._write("l")

    def _answered(self, _client: Any, _userdata: Any, mid: int, reason: Any, _properties: Any) -> None:
        with self._lock:
            alarm = self._unanswered.pop(mid, None)
            if alarm is None:
                return
            self._open[alarm.number] -= 1
            if not self._open[alarm.number]:
                del self._open[alarm.number]
            has_subscriber = reason.value != _NO_SUBSCRIBERS
            self._write("a" if has_subscriber else "n", alarm.number)
            if not has_subscriber:
                self._again.append((time.monotonic() + _AGAIN_AFTER_S, alarm))

    def _write(self, *words: object) -> None:
        self._ledger.write(f"{time.time():.3f} {' '.join(map(str, words))}\n")


class Ledger(msgspec.Struct, frozen=True, kw_only=True):
    """What a gateway wrote. `acknowledged`: when the broker said last that it had it for somebody."""

    published: dict[int, str]
    acknowledged: dict[int, float]
    copies: int
    breaks: int
    is_whole: bool


def read(file: Path) -> Ledger:
    published: dict[int, str] = {}
    acknowledged: dict[int, float] = {}
    copies = breaks = 0
    is_whole = False
    for line in file.read_text("utf-8").splitlines():
        at, what, *rest = line.split()
        if what == "p":
            copies += 1
            published[int(rest[0])] = rest[1]
        elif what == "a":
            acknowledged[int(rest[0])] = float(at)
        elif what == "l":
            breaks += 1
        elif what == "end":
            is_whole = True
    return Ledger(published=published, acknowledged=acknowledged, copies=copies, breaks=breaks, is_whole=is_whole)


if __name__ == "__main__":
    Gateway(msgspec.convert(json.loads(sys.argv[1]), Load)).run()
