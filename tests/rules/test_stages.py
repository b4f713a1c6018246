"""What the reporter reads on the tracking page, and what a clock says."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from backend.orders.model.names import ItemName
from backend.reports.structs import TrackedStep, Tracking
from backend.web.views import times
from backend.web.views.duty_lines import day_in_words
from backend.web.views.page import PageContext
from backend.web.views.progress import progress_of
from backend.web.views.promise import promise

NOW = datetime(2026, 5, 1, 6, 0, tzinfo=UTC)
PAGE = PageContext(lang="en", big=False, path="/", now=NOW, hotline="12345")
MOVES = [
    ("open", "dispatched"),
    ("accept", "accepted"),
    ("check_in", "on_site"),
    ("finish", "handled"),
    ("pass", "closed"),
]


def tracked(state: str, *moves: tuple[str, str], rework_count: int = 0) -> Tracking:
    steps = [
        TrackedStep(id=nr, move=move, to_state=to_state, at=NOW + timedelta(minutes=nr), note="")
        for nr, (move, to_state) in enumerate(moves, 1)
    ]
    return Tracking(
        number="YM1", order_id=1, state=state, version=1, item=ItemName(code="A101", name_zh="车", name_en="bikes"),
        place="", unit_zh="巡查队", unit_en="Patrol", description="", received_at=NOW, opened_at=NOW,
        respond_by=NOW, resolve_by=NOW, closed_at=None, rework_count=rework_count, steps=steps, photos=[],
        may_rate=False, rating=None,
    )  # fmt: skip


def test_what_has_happened_is_done_and_the_next_is_awaited() -> None:
    stages = progress_of(tracked("accepted", *MOVES[:2]), PAGE)

    assert [(stage.name, stage.standing) for stage in stages] == [
        ("received", "done"),
        ("dispatched", "done"),
        ("accepted", "done"),
        ("arrived", "now"),
        ("handled", "next"),
        ("closed", "next"),
    ]


def test_a_check_in_that_was_never_needed_is_not_told() -> None:
    stages = progress_of(tracked("handled", MOVES[0], MOVES[1], MOVES[3]), PAGE)

    assert [stage.name for stage in stages] == ["received", "dispatched", "accepted", "handled", "closed"]


def test_after_a_failed_check_the_work_is_awaited_again() -> None:
    moves = [*MOVES[:4], ("rework", "accepted")]
    stages = progress_of(tracked("accepted", *moves, rework_count=1), PAGE)

    assert stages[4].standing == "next"
    assert "done again" in stages[4].words


def test_a_suspended_order_says_why_nothing_happens() -> None:
    stages = progress_of(tracked("suspended", *MOVES[:2], ("grant_suspension", "suspended")), PAGE)

    assert [stage.words for stage in stages if stage.standing == "now"] == [
        "Cannot be done at present; it goes on later"
    ]


def test_an_order_on_offer_awaits_its_taker_and_names_the_unit_behind_it() -> None:
    offered = progress_of(tracked("offered", ("open", "offered")), PAGE)
    grabbed = progress_of(tracked("accepted", ("open", "offered"), ("grab", "accepted")), PAGE)

    assert [(stage.name, stage.standing) for stage in offered][:3] == [
        ("received", "done"),
        ("dispatched", "done"),
        ("accepted", "now"),
    ]
    assert "On offer" in offered[1].words and "Patrol" in offered[1].words
    assert [(stage.name, stage.standing) for stage in grabbed][2] == ("accepted", "done")


def test_a_cancelled_order_awaits_nothing() -> None:
    stages = progress_of(tracked("cancelled", MOVES[0], ("cancel", "cancelled")), PAGE)

    assert [(stage.name, stage.standing) for stage in stages][-2:] == [("dispatched", "done"), ("cancelled", "done")]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "under 1 min"),
        (35, "35 min"),
        (130, "2 h 10 min"),
        (1500, "1 d 1 h"),
        (240, "4 h"),
        (2880, "2 d"),
        (-5, "under 1 min"),
    ],
)
def test_a_span_has_two_units_at_most(minutes: int, words: str) -> None:
    assert times.span("en", timedelta(minutes=minutes)) == words


def test_a_day_of_another_year_says_which() -> None:
    assert [day_in_words(PAGE, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [
        "12-31 Thu",
        "2027-01-01 Fri",
    ]


def test_times_are_those_of_the_street() -> None:
    assert times.moment("zh", NOW, NOW) == "14:00"
    assert times.moment("zh", NOW - timedelta(days=1), NOW) == "昨天 14:00"
    assert times.moment("zh", NOW - timedelta(days=400), NOW).startswith("2025-")


@pytest.mark.parametrize("move", ["pass", "auto_pass", "confirm"])
def test_whoever_closed_it_the_end_is_told(move: str) -> None:
    stages = progress_of(tracked("closed", *MOVES[:4], (move, "closed")), PAGE)

    assert (stages[-1].name, stages[-1].standing) == ("closed", "done")
    assert stages[-1].at == NOW + timedelta(minutes=5)


def test_a_merchant_reads_that_the_own_word_is_awaited() -> None:
    waiting = msgspec.structs.replace(tracked("handled", *MOVES[:4]), may_confirm=True)

    assert progress_of(waiting, PAGE)[-1].words == "Waiting for your answer"


def test_after_a_reopening_the_earlier_end_stays_told_and_the_stages_begin_anew() -> None:
    found = tracked("accepted", *MOVES, ("reopen", "dispatched"), ("accept", "accepted"))
    steps = [
        msgspec.structs.replace(step, is_own=True, note="it drips") if step.move == "reopen" else step
        for step in found.steps
    ]

    stages = progress_of(msgspec.structs.replace(found, steps=steps), PAGE)

    assert [(stage.name, stage.standing, stage.said) for stage in stages] == [
        ("received", "done", ""),
        ("handled", "done", ""),
        ("closed", "done", ""),
        ("reopened_own", "done", "it drips"),
        ("accepted", "done", ""),
        ("arrived", "now", ""),
        ("handled", "next", ""),
        ("closed", "next", ""),
    ]
    assert [stage.at for stage in stages[1:4]] == [NOW + timedelta(minutes=nr) for nr in (4, 5, 6)]


def test_what_the_reader_said_stands_where_it_was_said() -> None:
    found = tracked("closed", MOVES[0], ("urge", "dispatched"), *MOVES[1:], ("rate", "closed"))
    own = [
        msgspec.structs.replace(step, is_own=step.move in ("urge", "rate"), note=step.move, score=None)
        for step in found.steps
    ]
    own[-1] = msgspec.structs.replace(own[-1], score=2)

    stages = progress_of(msgspec.structs.replace(found, steps=own, description="a bike"), PAGE)

    said = [(stage.name, stage.said, stage.words) for stage in stages if stage.said]
    assert said == [
        ("received", "a bike", ""),
        ("urged", "urge", ""),
        ("rated", "rate", "2 of 5 · not satisfied"),
    ]
    assert [stage.name for stage in stages][:3] == ["received", "dispatched", "urged"]


@pytest.mark.parametrize(
    ("respond_min", "resolve_min", "lang", "said"),
    [
        (15, 15, "zh", "15 分钟内处置完成。"),
        (10, 15, "zh", "10 分钟内有人接单,15 分钟内处置完成。"),
        (15, 15, "en", "It is dealt with within 15 min."),
        (30, 240, "en", "Somebody accepts it within 30 min, and it is dealt with within 4 h."),
    ],
)
def test_a_promise_says_two_limits_that_are_one_once(respond_min: int, resolve_min: int, lang: str, said: str) -> None:
    page = replace(PAGE, lang=lang)

    assert promise(page, NOW, NOW + timedelta(minutes=respond_min), NOW + timedelta(minutes=resolve_min)) == said
