"""What has been logged until now."""

import pytest

from backend import logs


def logged(capfd: pytest.CaptureFixture[str]) -> str:
    """Everything on standard error since the last look."""
    logs.drain()
    return capfd.readouterr().err


def said_anywhere(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> str:
    """Everything on both outputs since the last look, and whatever libraries logged, whether it is shown or not."""
    logs.drain()
    out, err = capfd.readouterr()
    libraries = caplog.text
    caplog.clear()
    return out + err + libraries
