"""Whom the desk is offered first when an order goes to somebody else."""

from random import Random

import pytest

from backend.orders.assignment.available import AvailableHandler, in_line
from backend.orders.model.names import UnitName

UNIT = UnitName(id=1, name_zh="巡查队", name_en="Patrol")


def one(account_id: int, stands: str = "duty", *, answers: bool = True, load: int = 0, away: float | None = None):
    return AvailableHandler(
        account_id=account_id,
        name=str(account_id),
        unit=UNIT,
        is_on_duty=stands == "duty",
        is_on_call=stands == "call",
        answers=answers,
        load=load,
        distance_m=away,
        is_by_position=away is not None,
    )


@pytest.mark.parametrize("seed", range(3))
def test_who_is_there_answers_is_free_and_near_comes_first(seed):
    line = [
        one(1, away=120),
        one(2, "call", away=180),  # no nearer than a phone can tell
        one(3, away=900),
        one(4),
        one(5, load=1, away=50),
        one(6, load=1, away=400),
        one(7, load=2, away=410),
        one(8, answers=False, away=10),
        one(9, "off", away=5),
        one(10, "off", load=3),
    ]
    shuffled = Random(seed).sample(line, len(line))

    assert [each.account_id for each in in_line(shuffled)] == list(range(1, 11))
