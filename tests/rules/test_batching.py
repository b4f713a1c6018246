"""What is sent while a statement is under way goes with the next one, and everybody gets the own answer."""

import asyncio

from backend import batching
from backend.batching import Batches


class Database:
    """Notes what comes together; answers with the square, once it may."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.free = asyncio.Event()

    async def send(self, numbers: list[int]) -> list[int]:
        self.batches.append(numbers)
        await self.free.wait()
        if 7 in numbers:
            raise TimeoutError
        if 13 in numbers:
            raise ValueError("of the whole batch")
        return [number * number for number in numbers]


async def a_few_turns() -> None:
    """Of the loop: enough for all that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_whoever_comes_meanwhile_goes_together_in_the_order_of_coming_and_gets_the_own_answer():
    database = Database()
    both = Batches(database.send, most=3)

    first = asyncio.create_task(both.send(1))
    await a_few_turns()
    later = [asyncio.create_task(both.send(number)) for number in (2, 3, 4, 5)]
    await asyncio.sleep(0)
    assert database.batches == [[1]]  # who is alone was not kept waiting, and nobody overtakes
    database.free.set()

    assert await asyncio.gather(first, *later) == [1, 4, 9, 16, 25]
    assert database.batches == [[1], [2, 3, 4], [5]]


async def test_where_a_batch_fails_each_is_sent_by_itself_and_the_error_is_that_of_whom_it_is_about():
    database = Database()
    all_of_them = Batches(database.send)

    tasks = [asyncio.create_task(all_of_them.send(number)) for number in (1, 2, 13, 4)]
    database.free.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)

    assert [answers[0], answers[1], answers[3]] == [1, 4, 16]
    assert isinstance(answers[2], ValueError)
    assert database.batches == [[1, 2, 13, 4], [1], [2], [13], [4]]


async def test_what_the_database_did_not_answer_in_time_is_not_sent_again():
    database = Database()
    batches = Batches(database.send)

    tasks = [asyncio.create_task(batches.send(number)) for number in (1, 2, 7)]
    database.free.set()
    answers = await asyncio.gather(*tasks, return_exceptions=True)

    assert [type(answer) for answer in answers] == [TimeoutError] * 3
    assert database.batches == [[1, 2, 7]]


async def test_whoever_leaves_disturbs_nobody():
    database = Database()
    batches = Batches(database.send)

    tasks = [asyncio.create_task(batches.send(1))]
    await a_few_turns()
    tasks += [asyncio.create_task(batches.send(number)) for number in (2, 3)]
    await a_few_turns()
    tasks[0].cancel()
    tasks[1].cancel()
    database.free.set()

    assert await tasks[2] == 9
    assert database.batches == [[1], [2, 3]]


async def test_a_statement_that_waits_for_long_is_overtaken(monkeypatch):
    monkeypatch.setattr(batching, "BESIDE_S", 0)
    database = Database()
    batches = Batches(database.send)

    tasks = [asyncio.create_task(batches.send(1))]
    await a_few_turns()
    tasks.append(asyncio.create_task(batches.send(2)))
    await a_few_turns()
    database.free.set()

    assert await asyncio.gather(*tasks) == [1, 4]
    assert database.batches == [[1], [2]]


async def test_those_who_were_answered_together_ask_their_next_question_together():
    database = Database()
    database.free.set()
    first, second = Batches(database.send), Batches(database.send)

    async def ask_twice(number: int) -> int:
        return await second.send(await first.send(number))

    assert await asyncio.gather(*(ask_twice(number) for number in (1, 2, 3))) == [1, 16, 81]
    assert database.batches == [[1, 2, 3], [1, 4, 9]]
