"""Whoever reads the log may stand still or go away: the web answers as if nothing had happened."""

import os

import httpx

from tests.fixtures.server import running_server

ENOUGH_TO_FILL_A_PIPE = 600


def test_a_stopped_or_a_lost_reader_of_the_log_changes_no_answer(own_database, tmp_path):
    reader, writer = os.pipe()
    with running_server(own_database, tmp_path, log_to=writer) as (url, process):
        os.close(writer)
        with httpx.Client(base_url=url, timeout=60) as web:
            unread = {web.get("/sign-in").status_code for _ in range(ENOUGH_TO_FILL_A_PIPE)}
            os.close(reader)
            unheard = {web.get("/sign-in").status_code for _ in range(20)}
            lost = web.get("/metrics").text

        assert (unread, unheard) == ({200}, {200})
        assert _count(lost, "log_lines_dropped_total") > 0
        assert process.poll() is None


def _count(metrics: str, name: str) -> float:
    return next(float(line.split()[1]) for line in metrics.splitlines() if line.startswith(f"{name} "))
