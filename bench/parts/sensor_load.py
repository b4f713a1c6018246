"""A gateway of many devices that publishes numbered alarms at a steady pace, and keeps a ledger outside of everything.

    python -m bench.parts.sensor_load '{"port": 1883, …}'

A line of the ledger for each thing that happened: `p NUMBER DEVICE` published, `a NUMBER` acknowledged by the broker
with a subscriber, `n NUMBER` acknowledged without one (then it is published again), `c` connected, `l` the connection
lost, each with its instant. After each break the gateway repeats what it published within the last `repeat_s`, as a
careful one does; devices in `plain` are not repeated.
"""

import json
import sys
import time
from collections import Counter, deque
from pathlib import Path
from typing import NamedTuple

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
    """Publishes with QoS 1. paho's thread only notes what happened: it holds locks then that publishing waits for."""

    def __init__(self, load: Load) -> None:
        self._load, self._plain = load, set(load.plain)
        self._ledger = Path(load.ledger).open("a", buffering=1, encoding="utf-8")  # noqa: SIM115 - open to the end
        self._happened: deque[tuple[float, str, int, int]] = deque()
        self._unanswered: dict[int, _Alarm] = {}
        self._open: Counter[int] = Counter()
        self._recent: deque[tuple[float, _Alarm]] = deque()
        self._again: deque[tuple[float, _Alarm]] = deque()
        self._breaks = 0
        client = self._client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id="gateway", protocol=mqtt.MQTTv5, reconnect_on_failure=True
        )
        client.reconnect_delay_set(1, 2)
        client.max_inflight_messages_set(500)
        client.on_connect = lambda *_: self._happened.append((time.time(), "c", 0, 0))
        client.on_disconnect = lambda *_: self._happened.append((time.time(), "l", 0, 0))
        client.on_publish = lambda _client, _userdata, mid, reason, _properties: self._happened.append(
            (time.time(), "a", mid, reason.value)
        )

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
            self._look()
        ends_at = time.monotonic() + _PATIENCE_S
        while (self._open or self._again) and time.monotonic() < ends_at:
            self._look()
        self._client.disconnect()
        self._client.loop_stop()
        if not self._open and not self._again:
            self._write(time.time(), "end")

    def _make(self, number: int) -> _Alarm:
        device_no, cause = self._load.devices[number % len(self._load.devices)]
        said = {"at": time.time_ns() // 1_000_000, "no": str(number), "cause": cause}
        return _Alarm(number, device_no, msgspec.json.encode(said))

    def _publish(self, alarm: _Alarm) -> None:
        self._write(time.time(), "p", alarm.number, alarm.device_no)
        topic = f"yima/{self._load.source}/{alarm.device_no}/alarm"
        self._unanswered[self._client.publish(topic, alarm.body, qos=1).mid] = alarm
        self._open[alarm.number] += 1
        self._recent.append((time.monotonic(), alarm))
        while self._recent and self._recent[0][0] < time.monotonic() - self._load.repeat_s:
            self._recent.popleft()

    def _look(self) -> None:
        """Note what has happened, publish again what is due, and rest for a moment."""
        while self._happened:
            self._note(*self._happened.popleft())
        while self._again and self._again[0][0] <= time.monotonic():
            self._publish(self._again.popleft()[1])
        time.sleep(_TICK_S)

    def _note(self, at: float, what: str, mid: int, reason: int) -> None:
        match what:
            case "l":
                self._breaks += 1
                self._write(at, what)
            case "c":
                self._write(at, what)
                if self._breaks:
                    self._again_soon(*(each for _, each in self._recent if each.device_no not in self._plain))
                self._recent.clear()
            case _:
                self._note_answer(at, mid, has_subscriber=reason != _NO_SUBSCRIBERS)

    def _note_answer(self, at: float, mid: int, *, has_subscriber: bool) -> None:
        alarm = self._unanswered.pop(mid, None)
        if alarm is None:
            return
        self._open[alarm.number] -= 1
        if not self._open[alarm.number]:
            del self._open[alarm.number]
        self._write(at, "a" if has_subscriber else "n", alarm.number)
        if not has_subscriber:
            self._again_soon(alarm)

    def _again_soon(self, *alarms: _Alarm) -> None:
        self._again.extend((time.monotonic() + _AGAIN_AFTER_S, alarm) for alarm in alarms)

    def _write(self, at: float, *words: object) -> None:
        self._ledger.write(f"{at:.3f} {' '.join(map(str, words))}\n")


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
