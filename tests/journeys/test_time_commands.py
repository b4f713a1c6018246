"""The commands about time as an operator types them, each a process of its own with nothing but the database named."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.makers.commands import type_all

ROOT = Path(__file__).parents[2]
UNANSWERABLE = (
    (("clock", "explain", "Z999", "2026-10-01T23:50:00+08:00"), "Z999"),
    (("clock", "explain", "A101", "9999-12-31T23:50:00+08:00"), "between 2000 and 2100"),
    (("clock", "explain", "A101", "0001-01-01T00:00:00+14:00"), "between 2000 and 2100"),
    (("clock", "explain", "A101", "2026-10-01T23:50", "--area", "31011"), "digits"),
    (("clock", "explain", "A101", "2026-10-01T23:50", "--area", "pudong"), "digits"),
    (("clock", "limits", "Z999", "--respond-min", "5"), "Z999"),
    (("clock", "limits", "A101", "--respond-min", "5", "--area", "31011"), "digits"),
    (("calendar", "show", "--year", "99999"), "between 2000 and 2100"),
    (("calendar", "set", "2027-02-05..2027-02-01", "holiday"), "before the first"),
    (("calendar", "set", "2027-02-05", "forget", "--area", "３１"), "digits"),
    (("calendar", "hours", "service", "25:00-26:00"), "25:00-26:00"),
    (("calendar", "hours", "service", "09:00"), "09:00"),
    (("calendar", "hours", "service", "09:00-12:00", "11:00-17:00"), "时段"),
    (("calendar", "hours", "service", "09:00-09:00"), "时段"),
    (("calendar", "hours", "always", "09:00-12:00"), "always"),
    (("weather", "off", "--area", "pudong"), "digits"),
    (("ladder", "dry-run", "--at", "9999-12-31T23:50:00+08:00"), "between 2000 and 2100"),
    (("duty", "explain", "A101", "--area", "31011"), "digits"),
)


def yima(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
    return subprocess.run(
        [sys.executable, "-m", "backend.cli", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )


async def test_a_deadline_explains_itself(database):
    asked = yima(database, "clock", "explain", "A101", "2026-10-01T23:50:00+08:00")

    answer = json.loads(asked.stdout)
    (counted,) = answer["intervals"]
    assert answer["respond_by"] == "2026-10-02T07:03:00+08:00"
    assert answer["resolve_by"] == "2026-10-02T07:15:00+08:00"
    assert (counted["from"], counted["to"], counted["minutes"]) == (
        "2026-10-02T07:00:00+08:00",
        "2026-10-02T07:15:00+08:00",
        15,
    )


async def test_a_street_may_serve_over_midnight(database):
    set_hours = yima(database, "calendar", "hours", "service", "20:00-02:00", "--area", "310115105")
    asked = yima(database, "clock", "explain", "A101", "2026-12-31T23:50", "--area", "310115105")
    elsewhere = yima(database, "clock", "explain", "A101", "2026-12-31T23:50", "--area", "310115106")
    taken_back = yima(database, "calendar", "hours", "service", "--area", "310115105")

    assert [hours["opens_min"] for hours in json.loads(set_hours.stdout)["service"]] == [0, 1200]
    assert json.loads(asked.stdout)["resolve_by"] == "2027-01-01T00:05:00+08:00"
    assert json.loads(elsewhere.stdout)["resolve_by"] == "2027-01-01T07:15:00+08:00"
    assert json.loads(taken_back.stdout) == {}


async def test_what_cannot_be_answered_is_said(database):
    answers = type_all(database, [words for words, _ in UNANSWERABLE])

    for (words, said), answer in zip(UNANSWERABLE, answers, strict=True):
        assert answer.code == 2, words
        assert said in answer.err, words


async def test_the_ladder_can_be_tried_where_nothing_is_late(database):
    assert json.loads(yima(database, "ladder", "dry-run", "--at", "2026-11-22T12:00:00").stdout) == []
