"""A walk: claimed by one, each stop proved by code or position, ended or handed back."""

from datetime import datetime, timedelta

import msgspec
import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Role
from backend.committees.patrols import closing, proving, reads, walking
from backend.committees.patrols.errors import (
    PatrolEmpty,
    PatrolNotAllowed,
    PatrolNotFound,
    PatrolNotToday,
    PatrolNotYours,
    PatrolOver,
    PatrolTaken,
    ProofEmpty,
)
from backend.committees.patrols.rules import closes_at
from backend.committees.patrols.structs import EndWalk, StopProof, TaskState
from backend.geo.datum import from_wgs84
from backend.geo.points import Datum, Fix
from backend.orders.arrivals.errors import CapturedTooEarly, FixTooVague, TooFarAway, WrongCode
from qr import codes
from qr import service as qr
from tests.makers.patrols import at, make_beat, make_claimed, proof_at
from tests.makers.town import COMMITTEE, DEMO_SECRET, FAR_AWAY, TOWN, make_actor, make_town
from tests.makers.worker import deliver

_STOP = (
    "SELECT method, grade, doubts, distance_m, proved_at, received_at FROM patrol_stop WHERE task_id = $1 AND seq = $2"
)
_FACTS = "SELECT name, body FROM event_log WHERE subject = 'patrol' ORDER BY id"


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def stop_of(beat, seq):
    return await db.fetchrow(_STOP, beat.task_id, seq)


async def test_the_first_to_claim_walks_and_the_second_is_told(town, now):
    beat = await make_beat(now)

    claimed = await walking.claim(beat.task_id, beat.volunteer, now)
    assert claimed.state is TaskState.CLAIMED
    assert await walking.claim(beat.task_id, beat.volunteer, now) == claimed
    with pytest.raises(PatrolTaken):
        await walking.claim(beat.task_id, beat.other, now)
    with pytest.raises(PatrolNotYours):
        await proving.prove(beat.task_id, 1, proof_at(1), beat.other, now)
    with pytest.raises(PatrolNotAllowed):
        await walking.claim(beat.task_id, await make_actor("街镇", Role.STREET_ADMIN, TOWN), now)
    with pytest.raises(PatrolNotFound):
        await walking.claim(beat.task_id, town.resident, now)
    with pytest.raises(PatrolNotToday):
        await walking.claim(beat.task_id, beat.other, now + timedelta(days=2))


async def test_a_walk_that_is_handed_back_keeps_its_proofs_and_the_committee_may_take_it_back(town, now):
    beat = await make_claimed(now)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, now)

    with pytest.raises(PatrolNotYours):
        await walking.hand_back(beat.task_id, beat.other, now)
    for _ in range(2):
        returned = await walking.hand_back(beat.task_id, beat.volunteer, now)
        assert (returned.state, returned.proved) == (TaskState.OPEN, 1)
    await walking.claim(beat.task_id, beat.other, now)
    assert (await walking.hand_back(beat.task_id, beat.committee, now)).state is TaskState.OPEN


async def test_a_stop_is_proved_by_a_position_near_it_in_any_datum_and_by_nothing_less(town, now):
    beat = await make_claimed(now)
    spot = at(1)
    shifted = from_wgs84(spot.lng, spot.lat, Datum.GCJ02)
    far = StopProof(point=Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat, accuracy_m=10))
    vague = StopProof(point=Fix(lng=spot.lng, lat=spot.lat, accuracy_m=400))
    for said, why in ((far, TooFarAway), (vague, FixTooVague), (StopProof(), ProofEmpty)):
        with pytest.raises(why):
            await proving.prove(beat.task_id, 1, said, beat.volunteer, now)

    fix = Fix(lng=shifted.lng, lat=shifted.lat, accuracy_m=9, datum=Datum.GCJ02)
    for _ in range(2):
        proved = await proving.prove(beat.task_id, 1, StopProof(point=fix), beat.volunteer, now)
        assert (proved.proved, proved.stops) == (1, 3)

    stop = await stop_of(beat, 1)
    assert (stop["method"], stop["grade"], stop["doubts"], stop["proved_at"]) == ("gps", "fair", [], now)
    assert stop["distance_m"] < 1


async def test_a_stop_is_proved_by_the_code_of_its_place_and_of_no_other(town, now):
    beat = await make_claimed(now)
    minted = await qr.mint_bound(beat.places, keys=codes.keyring(DEMO_SECRET), now=now)
    with pytest.raises(WrongCode):
        await proving.prove(beat.task_id, 1, StopProof(code=minted[beat.places[1]]), beat.volunteer, now)

    await proving.prove(beat.task_id, 1, StopProof(code=minted[beat.places[0]]), beat.volunteer, now)

    stop = await stop_of(beat, 1)
    assert (stop["method"], stop["grade"], stop["doubts"]) == ("code", "fair", ["code_not_fresh"])


async def test_what_was_kept_offline_counts_from_its_capture_and_too_fast_a_walk_is_doubted(town, now):
    beat = await make_claimed(now)
    later = now + timedelta(hours=3)
    for number, minutes in ((1, 10), (2, 12)):
        said = proof_at(number, captured_at=now + timedelta(minutes=minutes))
        await proving.prove(beat.task_id, number, said, beat.volunteer, later)
    with pytest.raises(CapturedTooEarly):
        early = proof_at(3, captured_at=now - timedelta(hours=1))
        await proving.prove(beat.task_id, 3, early, beat.volunteer, later)

    first, second = [await stop_of(beat, number) for number in (1, 2)]
    assert (first["proved_at"], first["received_at"]) == (now + timedelta(minutes=10), later)
    assert first["doubts"] == second["doubts"] == ["offline"]

    await db.execute("UPDATE place SET loc = ST_MakePoint(121.9, 31.1786)::geography WHERE id = $1", beat.places[2])
    at_once = StopProof(
        point=Fix(lng=121.9, lat=31.1786, accuracy_m=8), captured_at=now + timedelta(minutes=12, seconds=30)
    )
    await proving.prove(beat.task_id, 3, at_once, beat.volunteer, later)
    assert (await stop_of(beat, 3))["doubts"] == ["offline", "impossible_speed"]


async def test_with_the_last_stop_the_walk_is_over_and_its_hours_are_told_once(town, now):
    beat = await make_claimed(now)
    for number in (2, 1, 3):
        done = await proving.prove(
            beat.task_id, number, proof_at(number), beat.volunteer, now + timedelta(minutes=number)
        )
    assert (done.state, done.proved) == (TaskState.FINISHED, 3)
    assert (await walking.finish(beat.task_id, EndWalk(), beat.volunteer, now)).state is TaskState.FINISHED

    facts = [(row["name"], msgspec.json.decode(row["body"])) for row in await db.fetch(_FACTS)]
    progressed = ["PatrolProgressed"] * 3
    assert [name for name, _ in facts] == ["PatrolsPlanned", "PatrolClaimed", *progressed, "PatrolFinished"]
    told = facts[-1][1]
    assert (told["account_id"], told["proved"], told["stops"]) == (beat.volunteer.account_id, 3, 3)
    began, ended = [datetime.fromisoformat(told[name]) for name in ("started_at", "finished_at")]
    assert (began, ended) == (now, now + timedelta(minutes=3))


async def test_a_walk_that_is_ended_early_misses_what_is_left_and_one_without_a_stop_is_handed_back(town, now):
    beat = await make_claimed(now)
    with pytest.raises(PatrolEmpty):
        await walking.finish(beat.task_id, EndWalk(), beat.volunteer, now)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, now)

    await walking.finish(beat.task_id, EndWalk(), beat.volunteer, now)

    task = await reads.get_task(beat.task_id, beat.committee, now)
    assert (task.state, task.proved, task.missed) == (TaskState.FINISHED, 1, 2)
    assert [stop.is_missed for stop in task.visits] == [False, True, True]
    with pytest.raises(PatrolOver):
        await proving.prove(beat.task_id, 2, proof_at(2), beat.volunteer, now)

    grant = "INSERT INTO role_grant (account_id, role, area_code) VALUES ($1, 'committee', $2)"
    await db.execute(grant, beat.volunteer.account_id, COMMITTEE)
    await deliver()
    told = await db.fetch("SELECT account_id FROM message WHERE kind = 'StopsMissed'")
    assert [row["account_id"] for row in told] == [beat.committee.account_id], "who ended the walk knows"


async def test_what_comes_in_after_the_day_was_closed_is_missed_no_longer(town, now):
    evening = now + timedelta(hours=14)
    beat = await make_claimed(now)
    await closing.close_past(closes_at(beat.due_on))
    assert (await reads.get_task(beat.task_id, beat.committee, now)).missed == 3
    morning = closes_at(beat.due_on) + timedelta(hours=1)

    for number in (1, 2, 3):
        said = proof_at(number, captured_at=evening + timedelta(minutes=number))
        done = await proving.prove(beat.task_id, number, said, beat.volunteer, morning)

    assert (done.state, done.proved) == (TaskState.FINISHED, 3)
    assert (await reads.get_task(beat.task_id, beat.committee, now)).missed == 0
    with pytest.raises(PatrolOver):
        await walking.hand_back(beat.task_id, beat.volunteer, morning)


async def test_a_volunteer_reads_the_places_of_the_own_walk_and_nobodys_name(town, now):
    beat = await make_claimed(now)

    own, others, overseen = [
        await reads.get_task(beat.task_id, reader, now) for reader in (beat.volunteer, beat.other, beat.committee)
    ]
    assert [len(task.visits) for task in (own, others, overseen)] == [3, 0, 3]
    assert [task.walker for task in (own, others, overseen)] == [None, None, "王小明"]
    assert (own.is_mine, own.may_walk_on, own.next_seq) == (True, True, 1)
    assert (others.is_mine, others.may_claim, others.may_walk_on) == (False, False, False)
    assert [task.id for task in await reads.list_tasks(beat.other, beat.due_on)] == [beat.task_id]
    assert await reads.list_tasks(town.resident, beat.due_on) == []
    assert await reads.list_here(beat.places[0], beat.volunteer) == [(beat.task_id, "消防通道一线")]
    assert await reads.list_here(beat.places[0], beat.other) == []


async def test_what_somebody_had_claimed_who_leaves_is_open_for_the_next_and_stays_proved(town, now):
    beat = await make_claimed(now)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, now)
    states = []

    for leaver in (beat.other, beat.volunteer):
        await accounts.close_account(leaver.account_id, now)
        await deliver()
        states.append(await db.fetchval("SELECT state FROM patrol_task WHERE id = $1", beat.task_id))

    assert states == ["claimed", "open"]
    assert (await walking.claim(beat.task_id, beat.committee, now)).proved == 1
    assert (await stop_of(beat, 1))["proved_at"] is not None
