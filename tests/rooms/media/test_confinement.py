"""What a decoder taken over by a picture could reach: no secret, no file, no network, no other process."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.decoder.messages import Gap
from media.decoder.pool import Decoder
from media.kinds import MediaKind
from media.limits import DecodeLimits
from media.service.copying import THUMB_JPEG
from tests.makers.photos import jpeg

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the barriers are Linux's")

_INSIDE = """
import json, os, resource, socket, sys, threading
from media.decoder.confinement import confine

SIDE = int(sys.argv[1])
gaps = confine()

def outcome(attempt):
    try:
        attempt()
    except OSError:
        return "refused"
    return "done"

worked = []
thread = threading.Thread(target=worked.append, args=(1,))
thread.start()
thread.join()
print(json.dumps({
    "gaps": gaps,
    "network": outcome(lambda: socket.socket().connect(("127.0.0.1", int(sys.argv[2])))),
    "processes": outcome(lambda: os.fork() or os._exit(0)),
    "programs": outcome(lambda: os.execv(sys.executable, [sys.executable, "-c", ""])),
    "files": outcome(lambda: open("/etc/passwd").close()),
    "secrets": outcome(lambda: open(f"/proc/{SIDE}/environ", "rb").read()),
    "signals": outcome(lambda: os.kill(SIDE, 0)),
    "limits of others": outcome(lambda: resource.prlimit(SIDE, resource.RLIMIT_CORE, (0, 0))),
    "own limit": outcome(lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, resource.RLIM_INFINITY))),
    "threads": len(worked),
}))
"""


@pytest.fixture
def listener() -> Iterator[int]:
    """A port of this machine that takes connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def seen_from_inside(port: int) -> dict[str, object]:
    house = str(Path(__file__).parents[3])
    done = subprocess.run(
        [sys.executable, "-c", _INSIDE, str(os.getpid()), str(port)],
        env={"PYTHONPATH": house, "PATH": os.defpath},
        capture_output=True,
        check=True,
        timeout=60,
    )
    return json.loads(done.stdout)


def test_inside_nothing_can_be_reached_but_what_was_handed_in(listener: int) -> None:
    seen = seen_from_inside(listener)
    if missing := seen.pop("gaps"):
        pytest.skip(f"this system does not grant: {missing}")

    assert (seen.pop("own limit"), seen.pop("threads")) == ("done", 1)  # needed for each picture, and for HEIC
    assert set(seen.values()) == {"refused"}, seen


@pytest.fixture
async def process(tmp_path: Path):
    """The folder in /proc of a decoder that has served one picture, and the barriers that it misses."""
    decoder = Decoder(DecodeLimits())
    source = tmp_path / "source"
    source.write_bytes(jpeg())
    await decoder.develop(MediaKind.JPEG, source, [THUMB_JPEG], [tmp_path / "thumb"])
    yield Path(f"/proc/{decoder.idle_pids()[0]}"), decoder.gaps
    await decoder.close()


async def test_the_decoder_holds_no_secret_and_no_file(process: tuple[Path, list[Gap]]) -> None:
    folder, _ = process
    environment = (folder / "environ").read_bytes()
    names = {entry.split(b"=")[0] for entry in environment.split(b"\0") if entry}

    assert names <= {b"PATH", b"PYTHONPATH", b"OPENBLAS_NUM_THREADS", b"LC_ALL", b"LC_CTYPE"}
    assert len(list((folder / "fd").iterdir())) == 4  # three to nowhere, one to us


async def test_the_decoder_can_gain_nothing_and_is_not_root(process: tuple[Path, list[Gap]]) -> None:
    folder, gaps = process
    told = dict(line.split(":\t", 1) for line in (folder / "status").read_text().splitlines() if ":\t" in line)

    assert told["NoNewPrivs"] == "1" or Gap.PRIVILEGES in gaps
    assert "0" not in told["Uid"].split() or Gap.FILES in gaps
    assert int(told["CapEff"], 16) == 0 or os.geteuid() != 0 or Gap.FILES in gaps
    assert told["Seccomp"] == "2" or gaps or os.geteuid() == 0


async def test_the_decoder_has_limits_of_the_system(process: tuple[Path, list[Gap]]) -> None:
    limits = {line[:26].strip(): line[26:].split()[:2] for line in (process[0] / "limits").read_text().splitlines()}

    assert limits["Max address space"] == [str(DecodeLimits().decoder_memory_max_bytes)] * 2
    assert limits["Max open files"] == ["64", "64"]
    assert limits["Max core file size"] == ["0", "0"]
    assert limits["Max file size"] == [str(64 * 1024 * 1024)] * 2
    assert int(limits["Max cpu time"][0]) <= DecodeLimits().decoder_cpu_max_s + 2
