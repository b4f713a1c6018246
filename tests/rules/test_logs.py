"""A failure is logged with its kind and place, whichever way it reaches the log, and without anybody's data."""

import json
import logging

import pytest

from backend import logs


@pytest.mark.parametrize("by_library", [False, True])
def test_a_failure_tells_what_and_where(capfd, by_library):
    logs.configure()
    log = logging.getLogger("some.library") if by_library else logs.get_logger()

    try:
        raise ValueError("seven")
    except ValueError:
        log.exception("job_failed")

    line = json.loads(capfd.readouterr().err.splitlines()[-1])
    assert (line["event"], line["error"], line["message"]) == ("job_failed", "ValueError", "seven")
    assert "test_logs.py" in line["frames"][0]
    assert "exc_info" not in line
