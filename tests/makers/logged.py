"""What has been logged until now."""

import pytest

from backend import logs


def logged(capfd: pytest.CaptureFixture[str]) -> str:
    """Everything on standard error since the last look."""
    logs.drain()
    return capfd.readouterr().err
