"""Keeps the web and the worker alive, passes on what they say, and stops them in order."""

import http.client
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from deploy.local import leftovers, processes, progress, stop
from deploy.local.settings import Address
from deploy.local.state import State
from deploy.local.trouble import Trouble

TICK_S = 0.2
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
SETTLED_AFTER_S = 60.0
DEATHS_BEFORE_READY = 3
FAREWELL_S = 8.0


class Child:
    """One process of the product, started again whenever it ends, after a pause that grows while it keeps ending."""

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

    def start(self) -> None:
        """Start the process."""
        self.process = processes.spawn(self.argv, env=self.env, output=subprocess.PIPE)
        self.born_at_s = time.monotonic()

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
        progress.tell(f"{self.name} {how}; starting it again in {pause}", "进程退出，即将重启")
        self.pause_s = min(self.pause_s * 2, LONGEST_PAUSE_S)

    def pass_on(self, data: bytes) -> None:
        """Write the whole lines of what the process said, each with its name before it; keep the rest."""
        *lines, self.unfinished_line = (self.unfinished_line + data).split(b"\n")
        prefix = f"{self.name:6} | ".encode()
        if lines:
            progress.write(b"".join(prefix + line + b"\n" for line in lines))


class Supervisor:
    """The web, the worker and whatever else must be looked at while they run."""

    def __init__(
        self,
        state: State,
        children: list[Child],
        look_after_database: Callable[[], None],
    ) -> None:
        self.state = state
        self.children = children
        self.look_after_database = look_after_database
        self.selector = selectors.DefaultSelector()
        self.ready = False

    def run(self, where: Address, when_ready: Callable[[], None]) -> None:
        """Keep everything alive until somebody asks us to stop; raises Trouble when the web never gets ready."""
        try:
            while not stop.asked():
                self._start_due()
                self._listen()
                self._notice_deaths()
                self.look_after_database()
                if not self.ready and answers(where):
                    self.ready = True
                    when_ready()
        finally:
            self._stop()

    def _start_due(self) -> None:
        due = [each for each in self.children if each.process is None and each.due_at_s <= time.monotonic()]
        for child in due:
            child.start()
            if child.process and child.process.stdout:
                os.set_blocking(child.process.stdout.fileno(), False)
                self.selector.register(child.process.stdout, selectors.EVENT_READ, child)
        if due:
            leftovers.note_children(self.state, [each.process.pid for each in self.children if each.process])

    def _listen(self) -> None:
        for key, _ in self.selector.select(TICK_S):
            self._hear(key)

    def _hear(self, key: selectors.SelectorKey) -> None:
        data = os.read(key.fd, 65536)
        if data:
            key.data.pass_on(data)
            return
        key.data.pass_on(b"\n" if key.data.unfinished_line else b"")
        self.selector.unregister(key.fileobj)

    def _notice_deaths(self) -> None:
        for child in self.children:
            if child.process is not None and child.process.poll() is not None:
                child.note_death()
                if not self.ready and child.deaths >= DEATHS_BEFORE_READY:
                    raise Trouble(
                        f"{child.name} ended {child.deaths} times before it was ready.",
                        "服务多次启动失败。",
                    )

    def _stop(self) -> None:
        """Stop the web before the worker: no new work comes in while the rest is finished."""
        for child in self.children:
            if child.process is not None:
                progress.tell(f"stopping {child.name}", "正在停止")
                self._stop_one(child, child.process)
        leftovers.note_children(self.state, [])

    def _stop_one(self, child: Child, process: subprocess.Popen[bytes]) -> None:
        # It may have more to say than its pipe holds, so we go on listening while it ends.
        process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + FAREWELL_S
        while process.poll() is None and time.monotonic() < deadline:
            self._listen()
        processes.end(process, patience_s=0.1)
        processes.kill_session(process)


def answers(where: Address) -> bool:
    """Say whether the web answers 200 on /ready; never through a proxy."""
    connection = http.client.HTTPConnection(where.near_host, where.port, timeout=2)
    try:
        connection.request("GET", "/ready")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
