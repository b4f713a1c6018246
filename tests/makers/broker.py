"""A real broker, mosquitto, as a process of its own on a port of its own; and somebody who publishes to it."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from paho.mqtt import client as mqtt
from paho.mqtt.enums import CallbackAPIVersion

from deploy.local import broker
from tests.fixtures.ports import HeldPort

_PATIENCE_S = 60
SETTINGS = """
listener {port} 127.0.0.1
persistence true
persistence_location {folder}/
autosave_interval 1
max_queued_messages 0
max_inflight_messages 1000
message_size_limit 65536
{more}
"""
"""As docs/intake/wires.md says it, but for who may come in, and for a shorter time between two saves."""


class Broker:
    """What it has saved is there again after a `kill` and a `start`. `more`: further lines of its settings."""

    def __init__(self, folder: Path, more: str = "allow_anonymous true") -> None:
        self._program = broker.find()
        if self._program is None:
            pytest.skip("mosquitto is not installed: apt install mosquitto")
        self._port, self._folder = HeldPort(), folder
        self.port = self._port.number
        folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            more += "\nuser root"
        self._settings = folder / "mosquitto.conf"
        self._settings.write_text(SETTINGS.format(port=self.port, folder=folder, more=more))
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {"YIMA_MQTT_URL": f"mqtt://127.0.0.1:{self.port}"}

    def start(self) -> None:
        log = (self._folder / "broker.log").open("ab")
        with log:
            self.process = subprocess.Popen([str(self._program), "-c", self._settings], stdout=log, stderr=log)
        ends_at = time.monotonic() + _PATIENCE_S
        while time.monotonic() < ends_at and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError((self._folder / "broker.log").read_text("utf-8", "replace"))

    def kill(self, how: int = signal.SIGKILL) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process = None

    def close(self) -> None:
        self.kill()
        self._port.release()


@contextmanager
def running_broker(folder: Path, more: str = "allow_anonymous true") -> Iterator[Broker]:
    made = Broker(folder, more)
    with running(made):
        yield made


@contextmanager
def running(broker: Broker) -> Iterator[None]:
    try:
        broker.start()
        yield
    finally:
        broker.close()


class Publisher:
    """A device, or a gateway of many: publishes with QoS 1, and knows what the broker has answered to each."""

    def __init__(self, port: int, name: str = "gateway") -> None:
        self._client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id=name, protocol=mqtt.MQTTv5)
        self._client.connect("127.0.0.1", port)
        self._client.loop_start()

    def publish(self, topic: str, body: bytes, *, retain: bool = False) -> None:
        """Wait until the broker has it."""
        self._client.publish(topic, body, qos=1, retain=retain).wait_for_publish(_PATIENCE_S)

    def publish_all(self, messages: list[tuple[str, bytes]]) -> None:
        sent = [self._client.publish(topic, body, qos=1) for topic, body in messages]
        for each in sent:
            each.wait_for_publish(_PATIENCE_S)

    def close(self) -> None:
        self._client.disconnect()
        self._client.loop_stop()
