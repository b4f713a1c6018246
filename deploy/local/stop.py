"""Ctrl-C, SIGTERM and a closed terminal all mean: stop in good order.

The handler only takes a note, and everything that waits looks at the note. So a stop never arrives in the middle
of a step, and a second Ctrl-C changes nothing.
"""

import os
import signal
from pathlib import Path
from types import FrameType

_noted: list[int] = []
_STOPS_OF_MAKE = 1 << (signal.SIGHUP - 1) | 1 << (signal.SIGINT - 1)


class Stopped(BaseException):
    """Somebody asked us to stop while we were still setting up."""


def listen() -> None:
    """Take a note of SIGINT, SIGTERM and SIGHUP from now on."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Started by nohup, SIGHUP is ignored; that wish stays respected.
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _note)


def is_requested() -> bool:
    """Say whether somebody asked us to stop."""
    return bool(_noted) or _make_waits_for_us()


def check() -> None:
    """Raise Stopped when somebody asked us to stop."""
    if is_requested():
        raise Stopped


def _note(number: int, _frame: FrameType | None) -> None:
    _noted.append(number)


def _make_waits_for_us() -> bool:
    # A SIGINT or SIGHUP sent to make alone is not passed on: make waits for us, inside its handler, for ever.
    # While it is there the signal is blocked, which Linux shows.
    if "MAKELEVEL" not in os.environ:
        return False
    try:
        status = Path(f"/proc/{os.getppid()}/status").read_text()
    except OSError:
        return False
    blocked = next((line.split()[1] for line in status.splitlines() if line.startswith("SigBlk:")), "0")
    return bool(int(blocked, 16) & _STOPS_OF_MAKE)
