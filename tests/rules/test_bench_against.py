"""Two builds side by side: ratios round by round, their spread, and which parts are measured."""

import json
import os
from typing import Any, cast

import pytest

from bench.against import report, waiting
from bench.against.report import Sample, Spread


def samples(then: list[float], now: list[float], figure: str = "per_s") -> list[Sample]:
    each = {"then": then, "now": now}
    return [
        Sample("intake", number, build, "intake, 8 clients", figure, value)
        for build, values in each.items()
        for number, value in enumerate(values, 1)
    ]


def test_a_ratio_is_taken_within_a_round_and_told_with_its_spread():
    (line,) = report.lines(samples([100, 200, 100], [250, 400, 300]), "then", "now")

    assert line.ratio == Spread(2.5, 2.0, 3.0)
    assert (line.then, line.now) == (Spread(100, 100, 200), Spread(300, 250, 400))


def test_a_figure_that_only_one_build_has_has_no_ratio():
    (line,) = report.lines(samples([], [3.0]), "then", "now")

    assert (line.then, line.ratio) == (None, None)
    assert "| – | 3.00 | – |  |" in report.table([line], "old", "new")


def test_a_zero_then_makes_no_ratio():
    (line,) = report.lines(samples([0.0, 2.0], [1.0, 1.0]), "then", "now")

    assert line.ratio == Spread(0.5, 0.5, 0.5)


def test_the_table_has_a_line_for_each_figure():
    found = report.lines(samples([100.0], [250.0]) + samples([80.0], [40.0], "p99_ms"), "then", "now")

    assert report.table(found, "8c9d1c1", "abc").splitlines() == [
        "| what | figure | 8c9d1c1 | abc | now ÷ then | rounds |",
        "|---|---|---:|---:|---:|---|",
        "| intake, 8 clients | per_s | 100 | 250 | 2.50 | 2.50 to 2.50 |",
        "| intake, 8 clients | p99_ms | 80.0 | 40.0 | 0.50 | 0.50 to 0.50 |",
    ]


def test_builds_that_did_not_do_the_same_work_are_told_of():
    same = samples([1.02, 1.04], [1.04, 1.02], "messages_each")
    more = samples([1.0, 5.4], [1.0, 1.05], "steps_each")
    slow = samples([100.0], [250.0])

    assert report.unequal(report.lines(same + more + slow, "then", "now")) == [
        "intake, 8 clients: steps_each differs, 3.20 then and 1.02 now: not the same work"
    ]


@pytest.mark.parametrize(
    ("now_s", "lead_s", "wait_s"), [(120.0, 0, 0), (121.0, 0, 59), (118.0, 4, 58), (116.0, 4, 0), (90.0, 4, 26)]
)
def test_what_is_measured_begins_so_long_before_a_full_minute(now_s: float, lead_s: float, wait_s: float):
    assert waiting.lead_to_full_minute(now_s, lead_s) == wait_s


@pytest.mark.parametrize(("now_s", "wait_s"), [(69.0, 0), (112.0, 0), (113.0, 10), (120.0, 3)])
def test_what_is_measured_between_full_minutes_waits_only_where_one_would_come(now_s: float, wait_s: float):
    assert waiting.wait_between_full_minutes(now_s, 8) == wait_s


def test_the_result_can_be_read_again():
    measured = samples([100.0], [250.0])
    told = report.as_json(measured, report.lines(measured, "then", "now"), {"machine": {"cores": 2}})

    again = json.loads(json.dumps(told))

    assert again["machine"] == {"cores": 2}
    assert again["lines"][0]["ratio"] == {"middle": 2.5, "least": 2.5, "most": 2.5}
    assert [each["value"] for each in again["samples"]] == [100.0, 250.0]


@pytest.mark.parametrize(
    ("text", "parts"),
    [("", ["intake", "scan", "live"]), ("live, intake", ["intake", "live"]), ("scan", ["scan"])],
)
def test_only_names_parts(text: str, parts: list[str]):
    assert report.wanted(text, ["intake", "scan", "live"]) == parts


def test_a_part_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="there is no grab; there are intake, scan"):
        report.wanted("scan,grab", ["intake", "scan"])


def test_who_goes_first_goes_last_in_the_next_round():
    assert [report.turns(["then", "now"], number) for number in (1, 2)] == [["then", "now"], ["now", "then"]]


class Written:
    """A connection that counts messages: these, one look after the other, and then the last for ever."""

    def __init__(self, *counts: int) -> None:
        self.counts = list(counts)

    async def fetchval(self, _: str) -> int:
        return self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]


async def test_a_worker_is_idle_only_when_it_writes_no_more_messages(monkeypatch: pytest.MonkeyPatch):
    for name, value in {"_IDLE_LOOKS": 3, "_LOOK_EVERY_S": 0.02, "_PATIENCE_S": 5.0, "_IDLE_SHARE": 1e9}.items():
        monkeypatch.setattr(waiting, name, value)

    at_once = await waiting.idle(os.getpid(), cast(Any, Written(7)))
    later = await waiting.idle(os.getpid(), cast(Any, Written(1, 2, 3, 4, 5)))

    assert at_once == 0.0
    assert later >= 4 * 0.02
