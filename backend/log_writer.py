"""Lines on their way to standard error. Whoever writes one never waits, and never fails, for whoever reads them.

A thread of its own does the writing. While the reader stands still, lines are kept up to a limit, and beyond it they
are dropped and counted; a reader who is gone, or a full disk, costs the line and nothing else.
"""

import atexit
import os
import sys
import threading
import time
from collections import deque

_STANDARD_ERROR = 2
_BUFFER_MAX_BYTES = 4 * 1024 * 1024
_ONE_WRITE_BYTES = 4096
"""A pipe takes so many at once or not at all: lines of several processes never mix."""
_FAREWELL_S = 1.0
_GATHER_S = 0.01
"""What is written within this time goes out together: waking the thread costs as much as a line."""


class LogWriter:
    """Write whole lines to a descriptor, in order, from a thread that is started with the first line."""

    def __init__(self, descriptor: int, buffer_max_bytes: int = _BUFFER_MAX_BYTES) -> None:
        self._descriptor, self._buffer_max_bytes = descriptor, buffer_max_bytes
        self._lines: deque[bytes] = deque()
        self._buffered_bytes = 0
        self._lock = threading.Lock()
        self._pending, self._idle = threading.Event(), threading.Event()
        self._idle.set()
        self._thread: threading.Thread | None = None
        self.dropped = 0
        """Lines that nobody will ever read."""

    def write(self, line: bytes) -> int:
        """Take a line, its newline included; returns at once."""
        with self._lock:
            if self._buffered_bytes + len(line) > self._buffer_max_bytes:
                self.dropped += 1
                return len(line)
            self._lines.append(line)
            self._buffered_bytes += len(line)
            self._idle.clear()
            if self._thread is None:
                self._thread = threading.Thread(target=self._write_for_ever, name="log", daemon=True)
                self._thread.start()
        if not self._pending.is_set():
            self._pending.set()
        return len(line)

    def flush(self) -> None:
        """Nothing to do: a line is on its way already. For whoever takes this for a file."""

    def drain(self, timeout_s: float = _FAREWELL_S) -> bool:
        """Wait until everything has been written, or given up; False when it took too long."""
        return self._idle.wait(timeout_s)

    def _write_for_ever(self) -> None:
        while True:
            self._pending.wait()
            time.sleep(_GATHER_S)
            self._pending.clear()
            while piece := self._next_piece():
                self._write_piece(*piece)

    def _next_piece(self) -> tuple[bytes, int] | None:
        """As many whole lines as one write takes, at least one; and how many these are."""
        with self._lock:
            if not self._lines:
                self._idle.set()
                return None
            taken = [self._lines.popleft()]
            size = len(taken[0])
            while self._lines and size + len(self._lines[0]) <= _ONE_WRITE_BYTES:
                taken.append(self._lines.popleft())
                size += len(taken[-1])
            self._buffered_bytes -= size
            return b"".join(taken), len(taken)

    def _write_piece(self, data: bytes, lines: int) -> None:
        try:
            while data:
                data = data[os.write(self._descriptor, data) :]
        except OSError:
            with self._lock:
                self.dropped += lines


class Nowhere(LogWriter):
    """For a process that was started without a standard error: its number may be a database's socket by now."""

    def write(self, line: bytes) -> int:
        self.dropped += 1
        return len(line)


def _standard_error() -> LogWriter:
    if sys.__stderr__ is None:
        return Nowhere(-1)
    return LogWriter(_STANDARD_ERROR)


STANDARD_ERROR = _standard_error()
atexit.register(STANDARD_ERROR.drain)
