"""Lines for a person who waits: the same on a terminal and in a pipe, never buffered."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORTH_A_LINE_S = 1.0
_target = [1]
"""The file descriptor of the lines; the last one counts."""


def say(text: str) -> None:
    """Write one line to standard output at once; a reader who went away is no reason to fail."""
    write(text.encode("utf-8", "replace") + b"\n")


def report(en: str, zh: str) -> None:
    """Write one line in English and, where given, Chinese."""
    say(f"{en} / {zh}" if zh else en)


def write(data: bytes) -> None:
    """Write all bytes to standard output, or where `to_stderr` sends them."""
    try:
        while data:
            data = data[os.write(_target[-1], data) :]
    except OSError:
        _forget_stdout()


@contextmanager
def to_stderr() -> Iterator[None]:
    """Keep standard output for the answer of a command: what we say meanwhile goes to standard error."""
    _target.append(2)
    try:
        yield
    finally:
        _target.pop()


@contextmanager
def step(en: str, zh: str, about: str = "") -> Iterator[None]:
    """Say what begins and, where it took longer than a second, when it is done."""
    report(f"… {en}{f' ({about})' if about else ''}", zh)
    began = time.monotonic()
    yield
    took_s = time.monotonic() - began
    if took_s >= WORTH_A_LINE_S:
        say(f"  done in {in_words(took_s)}")


def in_words(seconds: float) -> str:
    """Return a duration as a person says it: `3.2 s`, `48 s`, `2 min 5 s`."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _forget_stdout() -> None:
    # Keeps later writes harmless when the reader of a pipe has gone.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
