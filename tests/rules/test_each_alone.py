"""One order that fails holds up no other, is logged by its number alone, and counts for nothing."""

import pytest

from backend.orders.transitions import each_alone


async def test_one_that_fails_holds_up_no_other_and_only_what_was_done_counts():
    seen = list[int]()

    async def act(order_id: int) -> bool:
        seen.append(order_id)
        if order_id == 2:
            raise RuntimeError("王阿婆 13812345678")
        return order_id != 3

    done = await each_alone.count_done(range(1, 6), act, "order_not_moved")

    assert (done, seen) == (3, [1, 2, 3, 4, 5])


async def test_a_worker_that_is_told_to_stop_stops():
    async def act(_: int) -> bool:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await each_alone.count_done([1, 2], act, "order_not_moved")
