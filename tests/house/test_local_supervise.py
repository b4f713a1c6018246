"""The supervisor ends what hangs, keeps trying where a start fails, and says why."""

import asyncio
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from backend import sign_of_life
from deploy.local.child import FIRST_SIGN_AFTER_S, SILENT_AFTER_S, Child
from deploy.local.cluster import PRODUCT, Cluster
from deploy.local.home import Home
from deploy.local.postgres import Postgres
from deploy.local.state import State
from deploy.local.supervise import Supervisor
from deploy.local.trouble import Trouble

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signs of life are heard on Linux only")
LIVES = [
    sys.executable,
    "-c",
    """
import asyncio
from backend import sign_of_life
async def main():
    async with sign_of_life.given():
        await asyncio.sleep(0)  # the first sign goes out
        print("here", flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
""",
]


@pytest.fixture
def child(tmp_path: Path):
    made = Child(f"web-{tmp_path.name}", LIVES, {"PYTHONPATH": str(Path(__file__).parents[2])})
    yield made
    if made.process is not None:
        made.process.kill()
        made.process.wait()
        made.process.stdout.close()
    made.notify_socket.close()


def test_a_child_that_hangs_is_ended_and_started_again(child: Child, tmp_path: Path) -> None:
    supervisor = Supervisor(State(tmp_path), [child], lambda: None)
    supervisor._start_due()
    process = child.process
    assert process is not None
    assert process.stdout is not None
    while b"here" not in (process.stdout.read() or b""):
        pass
    supervisor._notice_silence()
    assert child.last_sign_at_s is not None
    assert process.poll() is None

    process.send_signal(signal.SIGSTOP)
    child.last_sign_at_s -= SILENT_AFTER_S + 1
    supervisor._notice_silence()
    process.wait(10)
    supervisor._notice_deaths()
    supervisor._listen()
    process.stdout.close()
    child.due_at_s = 0
    supervisor._start_due()

    assert child.process is not None
    assert child.process.pid != process.pid
    supervisor.selector.close()


def test_a_child_that_never_spoke_is_given_more_time(child: Child) -> None:
    child.start()
    child.born_at_s -= SILENT_AFTER_S + 1

    assert child.silent_s() == 0
    child.born_at_s -= FIRST_SIGN_AFTER_S
    assert child.silent_s() > FIRST_SIGN_AFTER_S


class FullDisk(Cluster):
    """A cluster whose server ended and cannot be started."""

    starts = 0

    def start(self) -> None:
        self.starts += 1
        raise Trouble("PostgreSQL did not start.", "", ["FATAL: could not write: No space left on device"])


def test_a_database_that_cannot_be_started_is_tried_again_and_the_reason_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    cluster = FullDisk(State(tmp_path), PRODUCT, Postgres(15, tmp_path), Home(tmp_path, tmp_path), None)
    cluster.server = subprocess.Popen([sys.executable, "-c", ""])
    cluster.server.wait()

    for _ in range(3):
        cluster.look_after()
    assert cluster.starts == 1
    assert "No space left on device Trying again in 1.0 s" in capfd.readouterr().out
    cluster.due_at_s = 0
    cluster.look_after()

    assert cluster.starts == 2


async def test_a_listener_hears_that_the_process_is_ready_and_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind("\0yima-test-ear")
        monkeypatch.setenv("NOTIFY_SOCKET", "@yima-test-ear")
        async with sign_of_life.given():
            await asyncio.sleep(0)
            heard = [await asyncio.to_thread(ear.recv, 64) for _ in range(2)]

    assert heard == [b"READY=1", b"WATCHDOG=1"]
