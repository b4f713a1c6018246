"""Which chromium the tests drive: the shell without windows where it is installed, which takes a third of the
processor time, or the whole browser. Both have one engine."""

import shutil

PROGRAMS = ("/usr/lib/chromium/chromium-headless-shell", "/usr/bin/chromium")


def program() -> str | None:
    """The path of the program; None where there is no chromium at all."""
    return next(filter(shutil.which, PROGRAMS), None)
