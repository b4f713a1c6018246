"""What a run that was killed may have left behind: ended before the next one begins.

Process ids are used again by the system, so nobody is ended for a number alone: a database must be working in our
data folder, and a child must run our program on our state.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from deploy.local import processes
from deploy.local.state import State

CHILDREN = "children"
OUR_PROGRAM = b"backend.cli"
PROC = Path("/proc")


def note_children(state: State, pids: Iterable[int]) -> None:
    """Write down which children run now, for the next run to find should we be killed."""
    (state.path / CHILDREN).write_text(" ".join(map(str, pids)))


def end_children(state: State) -> None:
    """End the web and the worker of a run that was killed, and forget them."""
    note = state.path / CHILDREN
    try:
        pids = [int(word) for word in note.read_text().split()]
    except (OSError, ValueError):
        return
    for pid in pids:
        if _is_our_child(pid, state):
            _end(pid, signal.SIGTERM, lambda pid=pid: _is_our_child(pid, state))
    note.unlink(missing_ok=True)


def end_postgres(data: Path) -> None:
    """End a database still working in this folder, and clear a pid file that would keep the next from starting."""
    pid_file = data / "postmaster.pid"
    pid = _noted_pid(pid_file)
    if pid is None:
        return
    if _works_in(pid, data):
        _end(pid, signal.SIGINT, lambda: _works_in(pid, data))
    _until(lambda: not _anyone_works_in(data), patience_s=20)
    # PostgreSQL itself clears the file of a dead process, but not when the number now belongs to somebody else.
    if _is_alive(pid) and not _works_in(pid, data):
        pid_file.unlink(missing_ok=True)


def _noted_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _end(pid: int, number: int, remains: Callable[[], bool]) -> None:
    for each in (number, signal.SIGQUIT, signal.SIGKILL):
        try:
            os.kill(pid, each)
        except ProcessLookupError:
            return
        if _until(lambda: not remains(), patience_s=10):
            return


def _until(done: Callable[[], bool], patience_s: float) -> bool:
    deadline = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _works_in(pid: int, data: Path) -> bool:
    if sys.platform == "linux":
        try:
            return (PROC / str(pid) / "cwd").samefile(data)
        except OSError:
            return False
    return os.fsencode(data) in _command_line(pid)


def _anyone_works_in(data: Path) -> bool:
    if sys.platform != "linux":
        return False
    return any(_works_in(int(each.name), data) for each in PROC.iterdir() if each.name.isdigit())


def _is_our_child(pid: int, state: State) -> bool:
    if OUR_PROGRAM not in _command_line(pid):
        return False
    if sys.platform != "linux":
        return True
    try:
        environment = (PROC / str(pid) / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
    return b"YIMA_STATE=" + os.fsencode(state.path) in environment


def _command_line(pid: int) -> bytes:
    if sys.platform != "linux":
        return os.fsencode(processes.ask(["ps", "-ww", "-p", str(pid), "-o", "command="]).stdout)
    try:
        return (PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
