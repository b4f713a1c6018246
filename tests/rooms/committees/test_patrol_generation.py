"""A day's patrols: born of the duty list, once, whoever generates; and over in the next morning."""

from datetime import timedelta

import msgspec
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import midnight, shanghai_date
from backend.committees.patrols import closing, generating, proving, routes
from backend.committees.patrols.coverage import list_coverage, list_places, share_proved
from backend.committees.patrols.structs import RouteDraft
from tests.makers.patrols import make_claimed, make_entry, make_places, make_route, make_template, proof_at
from tests.makers.statements import count_statements
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

_TASKS = """
    SELECT r.name, e.version, (SELECT count(*) FROM patrol_stop WHERE task_id = t.id) AS stops
    FROM patrol_task t JOIN patrol_route r ON r.id = t.route_id JOIN duty_entry e ON e.id = t.entry_id
    WHERE t.due_on = $1 ORDER BY r.name
"""
_STATES = "SELECT state FROM patrol_task ORDER BY id"
_FACTS = "SELECT body FROM event_log WHERE name = $1 ORDER BY id"


@pytest.fixture
async def committee(database, now):
    await make_town(now)
    return await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)


async def tasks_of(day):
    return [tuple(row) for row in await db.fetch(_TASKS, day)]


async def test_a_day_has_the_routes_whose_task_is_in_force_on_it_with_the_version_of_that_day(committee, now):
    sunday = shanghai_date(now)
    daily, weekly, off = [await make_template(code) for code in ("daily", "weekly", "off")]
    await make_entry(daily, committee, sunday)
    await make_entry(daily, committee, sunday + timedelta(days=1), version=2)
    await make_entry(weekly, committee, sunday, rrule="FREQ=WEEKLY;BYDAY=MO")
    await make_entry(off, committee, sunday)
    places = await make_places(3)
    for template_id, name in ((daily, "每天"), (weekly, "每周"), (off, "停用")):
        await make_route(template_id, places, name=name)
    await db.execute("UPDATE patrol_route SET is_on = false WHERE name = '停用'")
    await make_route(daily, [], name="没有点位")

    assert [await generating.generate(sunday) for _ in range(2)] == [1, 0]
    assert [await generating.generate(sunday + timedelta(days=1)) for _ in range(2)] == [2, 0]
    assert await tasks_of(sunday) == [("每天", 1, 3)]
    assert await tasks_of(sunday + timedelta(days=1)) == [("每周", 1, 3), ("每天", 2, 3)]


async def test_forty_five_committees_take_as_many_statements_as_one(committee, now):
    template_id, places, day = await make_template(), await make_places(4), shanghai_date(now)
    await make_entry(template_id, committee, day)
    await make_route(template_id, places)
    await generating.generate(day)
    of_one = await count_statements(lambda: generating.generate(day + timedelta(days=1)))
    for number in range(2, 46):
        code = f"{TOWN}{number:03d}"
        await make_entry(template_id, committee, day, committee=code)
        await make_route(template_id, places, committee=code)

    of_all = await count_statements(lambda: generating.generate(day + timedelta(days=2)))

    assert len(await tasks_of(day + timedelta(days=2))) == 45
    assert of_all == of_one


async def test_a_route_that_is_laid_down_today_is_walked_today_and_a_task_keeps_its_stops(committee, database):
    template_id, places, today = await make_template(), await make_places(3), shanghai_date(clock.now())
    await make_entry(template_id, committee, today)
    draft = RouteDraft(committee_code=COMMITTEE, template_id=template_id, name="一线", place_ids=places)
    route_id = (await routes.set_route(draft, committee, clock.now())).route_id
    await work(database)
    assert await tasks_of(today) == [("一线", 1, 3)]

    shorter = RouteDraft(committee_code=COMMITTEE, template_id=template_id, name="短线", place_ids=places[:1])
    await routes.change_route(route_id, shorter, committee, clock.now())
    await work(database)

    assert await tasks_of(today) == [("短线", 1, 3)]
    await generating.generate(today + timedelta(days=1))
    assert await tasks_of(today + timedelta(days=1)) == [("短线", 1, 1)]


async def test_what_nobody_walked_is_missed_next_morning_and_the_committee_hears_of_it_once(committee, database, now):
    beat = await make_claimed(now)
    await make_route(await db.fetchval("SELECT template_id FROM patrol_route"), beat.places[:2], name="二线")
    await generating.generate(beat.due_on)
    await proving.prove(beat.task_id, 2, proof_at(2), beat.volunteer, now)
    morning = midnight(beat.due_on + timedelta(days=1)) + timedelta(hours=6)

    assert await closing.close_past(morning - timedelta(seconds=1)) == 0
    assert [await closing.close_past(morning) for _ in range(2)] == [2, 0]
    await work(database)

    assert [row["state"] for row in await db.fetch(_STATES)] == ["finished", "lapsed"]
    said = await db.fetch("SELECT account_id, title_zh, body_zh FROM message WHERE kind = 'StopsMissed'")
    assert {row["account_id"] for row in said} == {committee.account_id, beat.committee.account_id}
    assert {row["title_zh"] for row in said} == {"漏巡:07-18 有 4 个点位未巡查"}
    (figures,) = await list_coverage([TOWN], beat.due_on, beat.due_on)
    assert (figures.tasks, figures.stops, figures.proved, figures.missed, share_proved([figures])) == (2, 5, 1, 4, 0.2)
    visited = [(each.proved, each.missed) for each in await list_places(COMMITTEE, beat.due_on, beat.due_on)]
    assert sorted(visited) == [(0, 1), (0, 2), (1, 1)]


async def test_a_walk_that_was_begun_counts_up_to_its_last_proof(committee, now):
    beat = await make_claimed(now)
    await proving.prove(beat.task_id, 1, proof_at(1), beat.volunteer, now + timedelta(minutes=9))

    await closing.close_past(midnight(beat.due_on + timedelta(days=1)) + timedelta(hours=7))

    (walked,) = [row["body"] for row in await db.fetch(_FACTS, "PatrolFinished")]
    told = msgspec.json.decode(walked)
    assert (told["account_id"], told["proved"], told["stops"]) == (beat.volunteer.account_id, 1, 3)
    assert told["finished_at"] == told["first_proved_at"] == "2021-07-18T01:01:00Z"
