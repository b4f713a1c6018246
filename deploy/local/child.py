"""One process of the product: started, heard, and started again when it ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local import processes, progress

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_AFTER_S = 60.0
SILENT_AFTER_S = 60.0
FIRST_SIGN_AFTER_S = 180.0
"""Until the first sign of life: a cold disk and a slow machine need their time."""


class Child:
    """A process that is started again whenever it ends, after a pause that grows while it keeps ending."""

    def __init__(self, name: str, argv: Sequence[str | Path], env: Mapping[str, str]) -> None:
        self.name = name
        self.argv = argv
        self.env = env
        self.deaths = 0
        self.pause_s = FIRST_PAUSE_S
        self.due_at_s = 0.0
        self.born_at_s = 0.0
        self.process: subprocess.Popen[bytes] | None = None
        self.unfinished_line = b""
        self.notify_socket = _listen(f"yima-{os.getpid()}-{name}")
        self.last_sign_at_s: float | None = None

    def start(self) -> None:
        """Start the process, and tell it where to give signs of life."""
        env = dict(self.env)
        if self.notify_socket is not None:
            env["NOTIFY_SOCKET"] = "@" + self.notify_socket.getsockname()[1:].decode()
        self.last_sign_at_s, self.born_at_s = None, time.monotonic()
        self.process = processes.spawn(self.argv, env=env, output=subprocess.PIPE)

    def read_signs(self) -> None:
        """Take every sign of life that has arrived."""
        try:
            while self.notify_socket is not None and self.notify_socket.recv(256):
                self.last_sign_at_s = time.monotonic()
        except BlockingIOError:
            return

    def silent_s(self) -> float:
        """How long it has been silent beyond what is allowed; 0 while all is well, or where nobody can listen."""
        if self.notify_socket is None or self.process is None:
            return 0.0
        since, allowed = (
            (self.born_at_s, FIRST_SIGN_AFTER_S)
            if self.last_sign_at_s is None
            else (self.last_sign_at_s, SILENT_AFTER_S)
        )
        silent_s = time.monotonic() - since
        return silent_s if silent_s > allowed else 0.0

    def note_death(self) -> None:
        """Say how the process ended, and when it will be started again."""
        lived_s = time.monotonic() - self.born_at_s
        code = self.process.returncode if self.process else 0
        self.process = None
        self.deaths += 1
        self.pause_s = FIRST_PAUSE_S if lived_s > SETTLED_AFTER_S else self.pause_s
        self.due_at_s = time.monotonic() + self.pause_s
        how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
        pause = progress.in_words(self.pause_s)
        progress.report(f"{self.name} {how}; starting it again in {pause}", "进程退出，即将重启")
        self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)

    def pass_on(self, data: bytes) -> None:
        """Write the whole lines of what the process said, each with its name before it; keep the rest."""
        *lines, self.unfinished_line = (self.unfinished_line + data).split(b"\n")
        prefix = f"{self.name:6} | ".encode()
        if lines:
            progress.write(b"".join(prefix + line + b"\n" for line in lines))


def _listen(name: str) -> socket.socket | None:
    """A socket without a file, which only Linux has: no path that is too long, nothing to clean up."""
    if sys.platform != "linux":
        return None
    notify_socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify_socket.setblocking(False)
    notify_socket.bind(f"\0{name}")
    return notify_socket
