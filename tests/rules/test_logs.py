"""A failure is logged with its kind and place, whichever way it reaches the log, and without anybody's data."""

import json
import logging
import os
import time
from contextlib import suppress
from pathlib import Path

import pytest

from backend import logs
from backend.log_writer import LogWriter
from tests.makers.logged import logged


@pytest.mark.parametrize("by_library", [False, True])
def test_a_failure_tells_what_and_where(capfd, by_library):
    logs.configure()
    log = logging.getLogger("some.library") if by_library else logs.get_logger()

    try:
        raise ValueError("seven")
    except ValueError:
        log.exception("job_failed")

    line = json.loads(logged(capfd).splitlines()[-1])
    assert (line["event"], line["error"], line["message"]) == ("job_failed", "ValueError", "seven")
    assert "test_logs.py" in line["frames"][0]
    assert "exc_info" not in line


@pytest.mark.parametrize("by_library", [False, True])
def test_no_line_carries_the_query_of_an_address(capfd, by_library):
    logs.configure()
    log = logging.getLogger("some.library") if by_library else logs.get_logger()
    address = "https://yima.example/api/v1/reports/candidates?lng=121.5031&lat=31.2204&datum=wgs84"

    try:
        raise ValueError(f"cannot open '{address}', is it there?")
    except ValueError:
        log.exception(f"GET {address} failed: 500")

    line = json.loads(logged(capfd).splitlines()[-1])
    assert line["event"] == "GET https://yima.example/api/v1/reports/candidates?... failed: 500"
    assert line["message"] == "cannot open 'https://yima.example/api/v1/reports/candidates?...', is it there?"
    assert "121.50" not in json.dumps(line)


def test_a_reader_who_stands_still_costs_lines_and_no_time():
    reader, writer = os.pipe()
    lines = LogWriter(writer, buffer_max_bytes=10_000)
    full = 65_536 // 100 + 10_000 // 100

    began = time.monotonic()
    for number in range(5_000):
        lines.write(b"%098d\n" % number + b"\n")

    assert time.monotonic() - began < 2
    assert lines.dropped >= 5_000 - full - 100
    heard = _read(reader, lines)
    assert heard == sorted(heard)
    assert len(heard) + lines.dropped == 5_000
    os.close(reader)
    os.close(writer)


def test_a_reader_who_went_away_costs_the_line():
    reader, writer = os.pipe()
    lines = LogWriter(writer)
    os.close(reader)

    lines.write(b"nobody reads this\n")

    assert lines.drain(5)
    assert lines.dropped == 1
    os.close(writer)


def test_a_full_disk_costs_the_line():
    with Path("/dev/full").open("wb", buffering=0) as full:
        lines = LogWriter(full.fileno())
        lines.write(b"there is no room for this\n")

        assert lines.drain(5)
        assert lines.dropped == 1


def _read(reader: int, lines: LogWriter) -> list[bytes]:
    heard = b""
    while not lines.drain(0.01):
        heard += os.read(reader, 1 << 20)
    os.set_blocking(reader, False)
    with suppress(BlockingIOError):
        heard += os.read(reader, 1 << 20)
    return [line for line in heard.split(b"\n") if line]
