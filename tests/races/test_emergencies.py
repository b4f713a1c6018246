"""Two who begin at once, two hundred who answer at once, workers that look at silent people at once."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.emergencies import ladder, modes, receipt_reads, receipts
from backend.emergencies.errors import EmergencyOnAlready, EmergencyOver
from backend.emergencies.structs import BroadcastAnswerInput
from tests.makers.emergencies import as_actor, begin, make_group, make_head, make_people, send
from tests.makers.town import TOWN, make_town

pytestmark = pytest.mark.usefixtures("database")
PEOPLE, AT_ONCE = 200, 12
"""As many at the same time as the pool has connections: who waits longer for one is sent away and comes again."""


async def test_of_several_who_begin_at_once_one_does(now):
    await make_town(now)
    heads = [await make_head(name=f"主任{number}") for number in range(4)]

    outcomes = await asyncio.gather(*(begin(head, now) for head in heads), return_exceptions=True)

    assert sorted(type(each).__name__ for each in outcomes) == [*["EmergencyOnAlready"] * 3, "int"]
    assert all(isinstance(each, int | EmergencyOnAlready) for each in outcomes)
    assert await db.fetchval("SELECT count(*) FROM emergency_stretch WHERE area_code = $1", TOWN) == 1
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'EmergencyBegan'") == 1


async def test_of_several_who_end_it_at_once_one_does(now):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now)

    ends = (modes.end(emergency_id, f"解除{number}", head, now) for number in range(4))
    outcomes = await asyncio.gather(*ends, return_exceptions=True)

    assert [each for each in outcomes if each is None] == [None]
    assert sum(isinstance(each, EmergencyOver) for each in outcomes) == 3


async def test_two_hundred_who_answer_at_once_are_counted_to_the_person(now):
    await make_town(now)
    head = await make_head()
    people = await make_people(PEOPLE)
    emergency_id = await begin(head, now)
    group_id = await make_group(head)
    broadcast_id = await send(
        emergency_id, head, now, group_id=group_id, answer_kind="choice", choices=["安全", "求援"]
    )
    later = now + timedelta(minutes=1)

    turns = asyncio.Semaphore(AT_ONCE)

    async def answer(place: int, person: int) -> None:
        actor, said = as_actor(person), BroadcastAnswerInput(choice=int(place % 4 == 0))
        async with turns:
            await receipts.see(broadcast_id, actor, later)
            await asyncio.gather(*(receipts.answer(broadcast_id, said, actor, later) for _ in range(1 + place % 2)))

    await asyncio.gather(
        *(answer(place, person) for place, person in enumerate(people)), *(ladder.escalate(later) for _ in range(3))
    )

    [found] = await receipt_reads.list_broadcasts(emergency_id)
    assert (found.people, found.seen, found.answered) == (PEOPLE, PEOPLE, PEOPLE)
    assert found.by_choice == [150, 50]


async def test_workers_that_look_at_once_take_each_silent_person_up_once(now):
    await make_town(now)
    head = await make_head()
    await make_people(30)
    emergency_id = await begin(head, now)
    await send(emergency_id, head, now, group_id=await make_group(head), minutes=10)

    taken = await asyncio.gather(*(ladder.escalate(now + timedelta(minutes=10)) for _ in range(4)))

    assert sum(taken) == 60
    said = await db.fetch("SELECT body ->> 'step' AS step FROM event_log WHERE name = 'BroadcastUnanswered'")
    assert {row["step"] for row in said} == {"remind", "deputy"}
