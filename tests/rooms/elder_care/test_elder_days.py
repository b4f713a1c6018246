"""Days of elder care: missed and made up, holidays, midnight in Shanghai, away for a while, and visitors who leave."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.elder_care import pausing, queries, register, rounds, visiting
from backend.elder_care.errors import CareNotYours, PauseUnfit, VisitEnded
from backend.elder_care.rules import Risk, VisitOutcome
from backend.elder_care.structs import RecordDraft
from tests.makers.elders import make_care, make_elder
from tests.makers.shops import SEAL
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

MORNING = datetime(2026, 10, 1, 1, tzinfo=UTC)
"""Nine in Shanghai, on National Day."""
_TOLD = "SELECT a.display_name FROM message m JOIN account a ON a.id = m.account_id WHERE m.kind = $1 ORDER BY 1"
_VISITS = "SELECT due_on, state, visitor_id FROM elder_visit ORDER BY due_on"
_WELL = RecordDraft(outcome=VisitOutcome.WELL)


@pytest.fixture
async def scene(database):
    town, care = await make_town(MORNING), await make_care(MORNING)
    return town, care, await make_elder(town, care, MORNING, risk=Risk.LOW, every_days=7)


async def visits():
    return [(row["due_on"].day, row["state"]) for row in await db.fetch(_VISITS)]


async def latest():
    return await db.fetchrow("SELECT * FROM elder_visit ORDER BY due_on DESC LIMIT 1")


async def told(kind):
    await deliver()
    return [row["display_name"] for row in await db.fetch(_TOLD, kind)]


async def record(care, now, said=_WELL):
    return await visiting.record((await latest())["id"], said, care.committee, key=str(now), seal=SEAL, now=now)


async def test_a_visit_that_is_missed_on_a_holiday_climbs_and_is_made_up_the_next_day(scene):
    _, care, _ = scene
    await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await rounds.make_rounds(MORNING)
    due = (await latest())["due_at"]
    for hours in (0, 2, 4):
        await rounds.escalate_missed(due + timedelta(hours=hours))
    assert await told("VisitMissed") == ["居委干部", "居委干部", "街镇"]

    tomorrow = MORNING + timedelta(days=1)
    await rounds.make_rounds(tomorrow)
    made_up = await record(care, tomorrow)
    for day in range(2, 9):
        await rounds.make_rounds(MORNING + timedelta(days=day))

    assert made_up is None
    assert await visits() == [(1, "missed"), (2, "done"), (9, "due")]
    with pytest.raises(VisitEnded):
        await visiting.record(
            await db.fetchval("SELECT min(id) FROM elder_visit"), _WELL, care.committee,
            key="late", seal=SEAL, now=tomorrow,
        )  # fmt: skip


async def test_after_hours_in_which_nobody_looked_everybody_hears_all_the_same(scene):
    _, care, elder_id = scene
    await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)
    late = (await latest())["due_at"] + timedelta(hours=5)

    climbed = [await rounds.escalate_missed(late) for _ in range(2)]

    assert climbed == [1, 0]
    assert await told("VisitMissed") == ["居委干部", "志愿者甲", "街镇"]


async def test_a_day_ends_at_midnight_in_shanghai(scene):
    before = datetime(2026, 10, 1, 15, 59, tzinfo=UTC)

    await rounds.make_rounds(before)
    assert await visits() == [(1, "due")]
    await rounds.make_rounds(before + timedelta(minutes=1))

    assert await visits() == [(1, "missed"), (2, "due")]
    assert (await latest())["due_at"] == datetime(2026, 10, 2, 10, tzinfo=UTC)


async def test_nobody_visits_whoever_is_away_and_the_day_after_somebody_does(scene):
    _, care, elder_id = scene
    await rounds.make_rounds(MORNING)
    await pausing.pause(elder_id, date(2026, 10, 3), care.committee, MORNING)
    await rounds.escalate_missed(MORNING + timedelta(hours=12))
    for day in range(1, 4):
        await rounds.make_rounds(MORNING + timedelta(days=day))

    assert await visits() == [(1, "paused"), (4, "due")]
    assert await told("VisitMissed") == []
    [figures] = await queries.count_care(care.committee, date(2026, 10, 2))
    assert (figures.paused, figures.missed) == (1, 0)
    said = await db.fetch("SELECT body FROM event_log WHERE name = 'VisitsPaused'")
    assert len(said) == 1 and "2026-10-03" in str(said[0]["body"])


async def test_whoever_is_back_early_is_visited_on_the_same_day(scene):
    _, care, elder_id = scene
    await rounds.make_rounds(MORNING)
    await pausing.pause(elder_id, date(2026, 12, 1), care.committee, MORNING)
    await pausing.resume(elder_id, care.committee, MORNING + timedelta(hours=1))

    assert await visits() == [(1, "due")]
    assert (await queries.get_elder(elder_id, care.committee)).paused_until is None


async def test_a_pause_has_an_end_and_is_the_committees_word(scene):
    _, care, elder_id = scene
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)

    for day in (date(2026, 9, 30), date(2027, 1, 1), date.min, date.max):
        with pytest.raises(PauseUnfit):
            await pausing.pause(elder_id, day, care.committee, MORNING)
    with pytest.raises(CareNotYours):
        await pausing.pause(elder_id, date(2026, 10, 2), care.volunteer, MORNING)


async def test_when_a_visitor_leaves_the_committee_hears_of_it_once_and_has_the_visits(scene):
    town, care, elder_id = scene
    more = [await make_elder(town, care, MORNING, label=f"L-00{number}") for number in (10, 11)]
    for each in (elder_id, *more):
        await register.assign(each, care.volunteer.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)

    await accounts.close_account(care.volunteer.account_id, MORNING)
    assert await told("VisitorLeft") == ["居委干部"]
    await rounds.escalate_missed((await latest())["due_at"])

    message = await db.fetchrow("SELECT title_zh, body_zh FROM message WHERE kind = 'VisitorLeft'")
    assert "3 位老人" in message["title_zh"] and "L-0001、L-0010、L-0011" in message["body_zh"]
    assert {row["visitor_id"] for row in await db.fetch(_VISITS)} == {None}
    assert set(await told("VisitMissed")) == {"居委干部"}


async def test_where_the_whole_committee_has_left_the_street_hears_in_its_place(scene):
    _, care, elder_id = scene
    await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)

    await accounts.close_account(care.committee.account_id, MORNING)
    await accounts.ungrant(care.volunteer.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    assert await told("VisitorLeft") == ["街镇"]
    await rounds.escalate_missed((await latest())["due_at"])

    assert await told("VisitMissed") == ["街镇"]


async def test_lists_come_a_page_at_a_time_and_nothing_is_left_out_between_two(scene):
    town, care, elder_id = scene
    for number in range(10, 15):
        await make_elder(town, care, MORNING, label=f"L-{number:04}", risk=Risk.HIGH if number % 2 else Risk.MEDIUM)
    await register.assign(elder_id, care.committee.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)
    whole = await queries.list_elders(care.committee)
    due = await queries.list_due(care.committee, MORNING.date())

    after = [await queries.list_elders(care.committee, after=each.id) for each in whole]
    due_after = [await queries.list_due(care.committee, MORNING.date(), each.id) for each in due]

    assert [each.label for each in whole] == ["L-0011", "L-0013", "L-0010", "L-0012", "L-0014", "L-0001"]
    assert [len(each) for each in after] == [len(each) for each in due_after] == [5, 4, 3, 2, 1, 0]
    assert due[0].label == "L-0001", "the reader's own before all others"
    assert [each.label for each in await queries.list_elders(care.committee, "L-001")] == [
        each.label for each in whole[:-1]
    ]
    assert (await queries.count_elders(care.committee, "L-001"), await queries.count_elders(care.committee)) == (5, 6)
    assert await queries.list_elders(care.committee, after=2**62) == []
    counts = await queries.count_day(care.committee, MORNING.date())
    assert (counts.due, counts.ended) == (6, 0)
