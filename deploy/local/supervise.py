"""Keeps the web and the worker alive, passes on what they say, and stops them in order."""

import http.client
import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable

from deploy.local import leftovers, processes, progress, stop
from deploy.local.child import Child
from deploy.local.settings import Address
from deploy.local.state import State
from deploy.local.trouble import Trouble

TICK_S = 0.2
REMARK_EVERY_S = 20.0
DEATHS_BEFORE_READY = 3
FAREWELL_S = 8.0


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
        self.remark_at_s = time.monotonic() + REMARK_EVERY_S

    def run(self, where: Address, when_ready: Callable[[], None]) -> None:
        """Keep everything alive until somebody asks us to stop; raises Trouble when the web never gets ready."""
        try:
            while not stop.is_requested():
                self._start_due()
                self._listen()
                self._notice_deaths()
                self._notice_silence()
                self.look_after_database()
                if not self.ready:
                    self._look_whether_ready(where, when_ready)
        finally:
            self._stop()

    def _look_whether_ready(self, where: Address, when_ready: Callable[[], None]) -> None:
        self.ready = answers(where)
        if self.ready:
            when_ready()
        elif time.monotonic() > self.remark_at_s:
            self.remark_at_s = time.monotonic() + REMARK_EVERY_S
            progress.report(f"still waiting for {where.url}/ready: {says(where)}", "仍在等待服务就绪")

    def _start_due(self) -> None:
        due = [each for each in self.children if each.process is None and each.due_at_s <= time.monotonic()]
        for child in due:
            try:
                child.start()
            except OSError as reason:
                progress.report(f"{child.name} cannot be started: {reason}", "进程无法启动")
                child.note_death()
                continue
            if child.process and child.process.stdout:
                os.set_blocking(child.process.stdout.fileno(), False)
                self.selector.register(child.process.stdout, selectors.EVENT_READ, child)
        if due:
            self._note_children()

    def _note_children(self) -> None:
        try:
            leftovers.note_children(self.state, [each.process.pid for each in self.children if each.process])
        except OSError as reason:
            progress.report(f"the children cannot be noted: {reason}", "无法记录子进程")

    def _notice_silence(self) -> None:
        """End a child that hangs: a stopped process hears no polite signal. Its death is noticed next."""
        for child in self.children:
            child.read_signs()
            if child.process is not None and (silent_s := child.silent_s()):
                silent = progress.in_words(silent_s)
                progress.report(
                    f"{child.name} has given no sign of life for {silent}; ending it", "进程没有响应，即将重启"
                )
                processes.kill_session(child.process)

    def _listen(self) -> None:
        for key, _ in self.selector.select(TICK_S):
            self._receive(key)

    def _receive(self, key: selectors.SelectorKey) -> None:
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
                progress.report(f"stopping {child.name}", "正在停止")
                self._stop_one(child, child.process)
        self._note_children()

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
    return _ask(where)[0] == http.client.OK


def says(where: Address) -> str:
    """What the web says that is missing."""
    status, said = _ask(where)
    try:
        return json.loads(said)["detail_en"]
    except (ValueError, KeyError):
        return f"it answers {status}" if status else "it does not answer"


def _ask(where: Address) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(where.near_host, where.port, timeout=3)
    try:
        connection.request("GET", "/ready")
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()
