"""Patrols at once, on real connections: a day is generated once, a walk has one walker and one end."""

import asyncio
from datetime import timedelta

from backend import db
from backend.accounts.structs import Role
from backend.committees.patrols import closing, generating, proving, walking
from backend.committees.patrols.errors import PatrolNotYours, PatrolOver, PatrolTaken
from backend.committees.patrols.rules import closes_at
from backend.committees.patrols.structs import PatrolProgress, TaskState
from tests.makers.patrols import make_beat, make_claimed, make_entry, make_route, proof_at
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town

_NAMED = "SELECT count(*) FROM event_log WHERE name = $1"
STOPPED = (PatrolOver, PatrolNotYours)
_DOUBLE = """
    SELECT (SELECT count(*) FROM (SELECT FROM patrol_task GROUP BY route_id, due_on HAVING count(*) > 1) AS t)
         + (SELECT count(*) FROM (SELECT FROM patrol_stop GROUP BY task_id, seq HAVING count(*) > 1) AS s)
"""


async def test_a_day_that_eight_workers_generate_at_once_is_generated_once(database, now):
    await make_town(now)
    beat = await make_beat(now)
    template_id = await db.fetchval("SELECT template_id FROM patrol_route")
    for number in range(2, 12):
        code = f"{TOWN}{number:03d}"
        await make_entry(template_id, beat.committee, beat.due_on, committee=code)
        await make_route(template_id, beat.places, committee=code)
    tomorrow = beat.due_on + timedelta(days=1)

    made = await asyncio.gather(
        *(generating.generate(tomorrow, areas) for areas in (("",), (TOWN,), (COMMITTEE,), (f"{TOWN}005",)) * 2)
    )

    assert sum(made) == 11
    assert await db.fetchval("SELECT count(*) FROM patrol_task WHERE due_on = $1", tomorrow) == 11
    assert await db.fetchval(_DOUBLE) == 0


async def test_of_twenty_who_claim_at_once_one_walks_and_the_others_are_told(database, now):
    await make_town(now)
    beat = await make_beat(now)
    people = [await make_actor(f"志愿者{number}", Role.VOLUNTEER, COMMITTEE) for number in range(20)]

    outcomes = await asyncio.gather(
        *(walking.claim(beat.task_id, person, now) for person in people), return_exceptions=True
    )

    walker = await db.fetchval("SELECT walker_id FROM patrol_task")
    (winner,) = [person for person, said in zip(people, outcomes, strict=True) if isinstance(said, PatrolProgress)]
    assert winner.account_id == walker
    assert sum(isinstance(said, PatrolTaken) for said in outcomes) == 19
    assert await db.fetchval(_NAMED, "PatrolClaimed") == 1


async def test_the_last_stops_sent_at_once_by_two_tabs_end_the_walk_once(database, now):
    await make_town(now)
    beat = await make_claimed(now, stops=6)

    sent = [(number, again) for number in range(1, 7) for again in range(2)]
    done = await asyncio.gather(
        *(proving.prove(beat.task_id, number, proof_at(number), beat.volunteer, now) for number, _ in sent)
    )

    assert sum(each.state is TaskState.FINISHED for each in done) >= 1
    assert await db.fetchval("SELECT state FROM patrol_task") == "finished"
    assert await db.fetchval(_NAMED, "PatrolFinished") == 1
    assert await db.fetchval("SELECT version FROM patrol_task") == 2 + 6 + 1


async def test_a_walk_is_proved_handed_back_or_closed_and_never_two_of_these(database, now):
    await make_town(now)
    beat = await make_claimed(now)
    morning = closes_at(beat.due_on)
    captured = {number: proof_at(number, captured_at=now + timedelta(minutes=number)) for number in (1, 2, 3)}

    outcomes = await asyncio.gather(
        *(proving.prove(beat.task_id, number, said, beat.volunteer, morning) for number, said in captured.items()),
        walking.hand_back(beat.task_id, beat.committee, morning),
        *(closing.close_past(morning) for _ in range(3)),
        return_exceptions=True,
    )

    unexpected = [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, STOPPED)]
    assert unexpected == []
    await closing.close_past(morning)
    task = await db.fetchrow("SELECT state, walker_id FROM patrol_task")
    assert task["state"] in ("finished", "lapsed")
    proved = await db.fetchval("SELECT count(proved_at) FROM patrol_stop")
    missed = await db.fetchval("SELECT count(*) FROM patrol_stop WHERE is_missed")
    assert proved + missed == 3
    assert await db.fetchval(_NAMED, "PatrolFinished") == (task["state"] == "finished")
    assert await db.fetchval(_NAMED, "StopsMissed") <= 1
