"""Ctrl-C, SIGTERM and a closed terminal all mean: stop in good order.

The handler only takes a note, and everything that waits looks at the note. So a stop never arrives in the middle
of a step, and a second Ctrl-C changes nothing.
"""

import signal
from types import FrameType

_noted: list[int] = []


class Stopped(BaseException):
    """Somebody asked us to stop while we were still setting up."""


def listen() -> None:
    """Take a note of SIGINT, SIGTERM and SIGHUP from now on."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Started by nohup, SIGHUP is ignored; that wish stays respected.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _note)


def asked() -> bool:
    """Say whether somebody asked us to stop."""
    return bool(_noted)


def check() -> None:
    """Raise Stopped when somebody asked us to stop."""
    if _noted:
        raise Stopped


def _note(number: int, _frame: FrameType | None) -> None:
    _noted.append(number)
