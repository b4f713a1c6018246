"""The lasting session with a real broker: what was not acknowledged comes again, to whoever it is, in its order."""

import asyncio
import random
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from backend.intake.sensors.mqtt.messages import BrokerMessage
from backend.intake.sensors.mqtt.session import BrokerSession
from backend.intake.sensors.mqtt.settings import BrokerSettings
from tests.makers.broker import Broker, Publisher, running_broker

TOPIC = "yima/s/d/alarm"
_PATIENCE_S = 30


class Reader:
    """A session and what it has received."""

    def __init__(self, settings: BrokerSettings) -> None:
        self.received: list[BrokerMessage] = []
        self.session = BrokerSession(settings, self.received.append, random.Random(1))

    def numbers(self) -> list[int]:
        return [int(message.body) for message in self.received if message.session == self.session.number]


def settings_of(broker: Broker, **more: object) -> BrokerSettings:
    given = {"host": "127.0.0.1", "port": broker.port, "is_tls": False, "source": "s", "client_id": "yima"}
    return BrokerSettings(**(given | {"topics": ("yima/#",)} | more))  # type: ignore[arg-type]


@asynccontextmanager
async def reading(settings: BrokerSettings) -> AsyncIterator[Reader]:
    reader, stop = Reader(settings), asyncio.Event()
    running = asyncio.create_task(reader.session.run(stop))
    try:
        await until(lambda: reader.session.is_connected)
        yield reader
    finally:
        stop.set()
        await running


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while not is_so():  # noqa: ASYNC110 - another process is waited for
            await asyncio.sleep(0.01)


async def publish(broker: Broker, numbers: range) -> None:
    def send() -> None:
        publisher = Publisher(broker.port)
        publisher.publish_all([(TOPIC, str(number).encode()) for number in numbers])
        publisher.close()

    await asyncio.to_thread(send)


async def test_what_was_not_acknowledged_comes_again_over_the_next_connection_in_its_order(tmp_path: Path):
    with running_broker(tmp_path) as broker:
        async with reading(settings_of(broker)) as reader:
            await publish(broker, range(20))
            await until(lambda: len(reader.received) == 20)
            for message in reader.received[:5]:
                reader.session.acknowledge(message)
            await asyncio.to_thread(broker.kill, signal.SIGTERM)
            await until(lambda: not reader.session.is_connected)
            await asyncio.to_thread(broker.start)
            await until(lambda: reader.session.number == 2 and reader.numbers()[-15:] == list(range(5, 20)))
            for message in reader.received[:20]:  # of the connection before: the broker of today is told nothing
                reader.session.acknowledge(message)

        async with reading(settings_of(broker)) as another:
            await until(lambda: another.numbers()[-15:] == list(range(5, 20)))
            for message in another.received:
                another.session.acknowledge(message)
            await publish(broker, range(20, 23))
            await until(lambda: another.numbers()[-3:] == [20, 21, 22])

    assert (reader.session.was_lost, reader.session.number) == (0, 2)


async def test_a_paused_session_leaves_the_rest_with_the_broker(tmp_path: Path):
    with running_broker(tmp_path) as broker:
        async with reading(settings_of(broker)) as reader:
            reader.session.pause()
            await publish(broker, range(50))
            assert reader.received == []
            reader.session.resume()
            await until(lambda: reader.numbers() == list(range(50)))


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Of a broker that nobody but itself vouches for, and its key."""
    files = tmp_path / "broker.pem", tmp_path / "broker.key"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=broker"
    where = ["-addext", "subjectAltName=IP:127.0.0.1", "-out", str(files[0]), "-keyout", str(files[1])]
    subprocess.run([*command.split(), *where], check=True, capture_output=True)
    return files


@pytest.fixture
def passwords(tmp_path: Path) -> Path:
    file = tmp_path / "passwords"
    subprocess.run(["mosquitto_passwd", "-c", "-b", file, "yima", "secret"], check=True, capture_output=True)
    return file


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # paho leaves what it refused to others
async def test_the_broker_is_known_by_its_certificate_and_we_by_a_password(tmp_path, certificate, passwords):
    more = f"password_file {passwords}\ncertfile {certificate[0]}\nkeyfile {certificate[1]}"
    own = {"is_tls": True, "ca": str(certificate[0]), "user": "yima", "password": "secret"}
    with running_broker(tmp_path / "broker", more) as broker:
        async with reading(settings_of(broker, **own)) as reader:
            assert reader.session.number == 1
        for wrong in ({"password": "another"}, {"ca": ""}, {"is_tls": False}):
            refused, stop = Reader(settings_of(broker, **(own | wrong))), asyncio.Event()
            running = asyncio.create_task(refused.session.run(stop))
            await until(lambda refused=refused: refused.session.failures > 0)
            stop.set()
            await running
            assert refused.session.number == 0
