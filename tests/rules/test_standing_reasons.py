"""What stands on top of an order's page: why it comes back, what was refused, and what is to be done next."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from backend.orders.reads.views import StepView
from backend.web.views.next_move import next_move_of
from backend.web.views.page import PageContext
from backend.web.views.reasons import reasons_of

NOW = datetime(2026, 11, 27, tzinfo=UTC)
PAGE = PageContext(lang="zh", big=False, path="/", now=NOW, hotline="12345")


def step(number: int, move: str) -> StepView:
    told: dict[str, Any] = {"from_state": None, "to_state": "", "actor_role": "", "captured_at": None}
    told |= {"actor_name": "某人", "distance_m": None, "method": None}
    return StepView(id=number, move=move, at=NOW, note=f"{move} {number}", **told)


@pytest.mark.parametrize(
    ("moves", "standing"),
    [
        ("open accept finish", []),
        ("finish rework", ["rework 2"]),
        ("finish rework finish", ["rework 2"]),
        ("finish rework finish dispute", ["dispute 4"]),
        ("finish rework finish pass", []),
        ("pass reopen reassign accept", ["reopen 2"]),
        ("ask_extension refuse", ["refuse 2"]),
        ("ask_extension refuse ask_extension", []),
        ("ask_extension refuse finish rework", ["rework 4"]),
        ("rework ask_suspension refuse urge", ["rework 1", "refuse 3"]),
        ("rework cancel", []),
    ],
)
def test_a_reason_stands_on_top_until_something_answers_it(moves, standing):
    steps = [step(number, move) for number, move in enumerate(moves.split(), start=1)]

    assert [reason.words for reason in reasons_of(steps, PAGE)] == standing


@pytest.mark.parametrize(
    ("allowed", "checks_in", "next_move"),
    [
        (["accept", "return"], True, "accept"),
        (["check_in", "finish"], True, "check_in"),
        (["check_in", "finish"], False, "finish"),
        (["finish", "make_safe"], True, "finish"),
        (["pass", "rework"], True, "verify"),
        (["urge"], True, ""),
    ],
)
def test_there_is_one_next_move(allowed, checks_in, next_move):
    order: Any = SimpleNamespace(allowed=allowed, needs=SimpleNamespace(check_in=checks_in))

    assert next_move_of(order) == next_move
