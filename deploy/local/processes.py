"""Children that never outlive us.

Each runs in a session of its own, so that a Ctrl-C of the terminal reaches only us and we decide the order of
stopping. On Linux the kernel ends them too when we are killed without a chance to do it.
"""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from deploy.local import progress, stop

PR_SET_PDEATHSIG = 1
STILL_AT_IT_EVERY_S = 20
type_of_output = int | IO[bytes] | None

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Account(NamedTuple):
    """The operating system's user that a child runs as."""

    name: str
    uid: int
    gid: int


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def die_with_parent(number: int) -> None:
    """Ask the kernel to send us this signal when our parent dies (Linux; elsewhere nothing happens)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, number)


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    account: Account | None = None,
    output: type_of_output = None,
    farewell: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a child that gets the signal `farewell` when we die."""
    return subprocess.Popen(
        [os.fspath(part) for part in argv],
        env=env,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=None if output is None else subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_promise(farewell),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def ask(
    argv: Sequence[str | Path],
    *,
    text: str = "",
    env: Mapping[str, str] | None = None,
    account: Account | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a short question to its end, out of a Ctrl-C's reach; a program that is not there ends with 127."""
    words = [os.fspath(part) for part in argv]
    try:
        return subprocess.run(
            words,
            input=text,
            env=env,
            cwd="/",
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError as reason:
        return subprocess.CompletedProcess(words, 127, "", str(reason))


def _promise(farewell: int) -> Callable[[], None]:
    us = os.getpid()

    def keep() -> None:
        die_with_parent(farewell)
        if os.getppid() != us:
            os._exit(1)

    return keep


def wait(process: subprocess.Popen[bytes], patience_s: float = 5.0) -> int:
    """Wait for a child to finish its work; raises Stopped, after ending the child, when we are asked to stop."""
    began = time.monotonic()
    spoken_s = 0
    while (code := process.poll()) is None:
        if stop.is_requested():
            end(process, patience_s=patience_s)
            raise stop.Stopped
        waited_s = int(time.monotonic() - began)
        if waited_s >= spoken_s + STILL_AT_IT_EVERY_S:
            spoken_s = waited_s
            progress.report(f"  still at it ({progress.in_words(waited_s)})", "仍在进行")
        _sleep_until_change(process)
    return code


def _sleep_until_change(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


def end(
    process: subprocess.Popen[bytes],
    number: int = signal.SIGTERM,
    patience_s: float = 5.0,
) -> None:
    """End a child politely, and after `patience_s` with everything that it started by force."""
    if process.poll() is None:
        process.send_signal(number)
    try:
        process.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        kill_session(process)
        process.wait()


def kill_session(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and whatever it started, as far as that stayed in its group."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()


def tail(log: Path, lines: int = 15) -> list[str]:
    """Return the last lines of a log, for a person who must see why something failed."""
    try:
        return log.read_text("utf-8", "replace").splitlines()[-lines:]
    except OSError:
        return []
