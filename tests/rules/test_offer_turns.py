"""One after another at an offer, in the order in which they came; what one finds holds for whoever had come by then."""

import asyncio
from time import monotonic

import pytest

from backend.errors import Busy
from grab_orders.offers import turns
from grab_orders.offers.structs import Barrier
from grab_orders.offers.turns import GrabOutcome


def gone() -> GrabOutcome:
    return GrabOutcome(barrier=Barrier.TAKEN, looked_at=monotonic())


async def test_whoever_came_first_is_first_and_the_others_hear_of_it_without_looking():
    served, looked = [], []

    async def want(number: int) -> None:
        async with turns.wait_turn(1) as turn:
            served.append(number)
            if turn.outcome is None:
                looked.append(number)
                await asyncio.sleep(0)
                turn.settle(gone())

    await asyncio.gather(*(want(number) for number in range(50)))

    assert served == list(range(50))
    assert looked == [0]


async def test_whoever_comes_later_is_a_new_question_with_a_hint():
    async with turns.wait_turn(2) as first:
        first.settle(gone())
        await asyncio.sleep(0)
        second = asyncio.ensure_future(_ask(2))
        await asyncio.sleep(0)

    assert await second == (None, True)
    assert await _ask(3) == (None, False)


async def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(turns, "PATIENCE_S", 0.01)
    async with turns.wait_turn(4):
        with pytest.raises(Busy):
            await _ask(4)
    assert await _ask(4) == (None, False)


async def _ask(offer_id: int) -> tuple[GrabOutcome | None, bool]:
    async with turns.wait_turn(offer_id) as turn:
        return turn.outcome, turn.was_settled_before
