"""What rises is remembered once, and its desk is notified once, by the rate of false alarms that its town accepts."""

import asyncio
from datetime import date, datetime, timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.public_opinion import cases, counting, discovering, queries, queueing, towns, verdicts, warning
from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.errors import AcceptedRateUnclear, MatterMissing, OpinionAreaMissing
from backend.public_opinion.structs import WarningVerdict
from backend.public_opinion.weeks import week_at
from bench.parts.statements import heard_from
from tests.makers.accounts import make_staff
from tests.makers.opinion import MATTERS, OTHER_COMMITTEE, Saying, outbreak, say, weeks_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_town
from tests.makers.worker import work

_MESSAGES = "SELECT account_id, title_zh, path FROM message WHERE kind = 'MatterEmerged'"


@pytest.fixture
def now() -> datetime:
    """A Friday at noon in Shanghai: the last two days are of its week."""
    today = clock.now().replace(hour=4, minute=0)
    return today - timedelta(days=(today.weekday() - 4) % 7)


@pytest.fixture
async def town(database: str, now: datetime) -> SmallTown:
    """Ten quiet weeks and an outbreak, counted; the town's past was replayed."""
    made = await make_town(now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now)]))
    await counting.count_pending(now)
    await discovering.discover(now)
    await counting.count_pending(now)
    await towns.note_replay(TOWN, ShuffledPast((2.5, 3.0), 600), now)
    return made


async def test_the_desk_is_notified_of_an_outbreak_once_however_often_it_is_seen(database, town, now):
    [matter_id] = await warning.warn_in(TOWN, now)
    again = await warning.warn_in(TOWN, now + timedelta(hours=2))
    await work(database)

    [message] = await db.fetch(_MESSAGES)
    assert again == []
    assert message["account_id"] == town.dispatcher.account_id
    assert MATTERS[0] in message["title_zh"]
    assert message["path"] == f"/opinion/matters/{matter_id}"
    assert await db.fetchval("SELECT area_code FROM emerging_matter") == COMMITTEE


async def test_two_workers_that_look_at_once_warn_once(town, now):
    warned = await asyncio.gather(*(warning.warn_in(TOWN, now) for _ in range(3)))

    assert sum(map(len, warned)) == 1
    assert await db.fetchval("SELECT count(*) FROM emerging_matter") == 1
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'MatterEmerged'") == 1


async def test_a_town_that_accepts_next_to_nothing_is_not_warned_and_sees_the_matter_all_the_same(town, now):
    await towns.note_replay(TOWN, ShuffledPast((2.5, 40.0), 60), now)

    assert await warning.warn_in(TOWN, now) == []
    [matter] = await queries.list_matters([TOWN], week_at(now), week_at(now) + timedelta(days=7))
    assert not matter.is_warned and MATTERS[0] in matter.words


async def test_the_past_of_a_town_is_replayed_in_the_same_way_each_time(town, now):
    await warning.replay_in(TOWN, now)
    first = await towns.read(TOWN)
    await warning.replay_past(now + timedelta(days=1))
    await warning.replay_in(TOWN, now)

    assert first == await towns.read(TOWN)
    assert first.replayed.days > 0


async def test_the_page_and_the_wall_read_the_week_beside_those_before(town, now):
    await warning.warn_in(TOWN, now)

    statements = await heard_from(lambda: queries.read_week([TOWN, COMMITTEE, OTHER_COMMITTEE], now.date()))
    whole, here, there = await queries.read_week([TOWN, COMMITTEE, OTHER_COMMITTEE], now.date())

    assert len(statements) == 3
    assert (whole.hot[0].word, whole.hot[0].reporters, whole.hot[0].before) == (MATTERS[0], 14, 0)
    assert whole.new[0].word == MATTERS[0] and whole.new[0].by_week[-1] == 14
    assert whole.weeks_known == 8 and whole.reporters == 30
    assert here.hot[0].word == MATTERS[0] and MATTERS[0] not in {each.word for each in there.hot}
    assert (len(whole.matters), len(here.matters), len(there.matters)) == (1, 1, 0)


async def test_the_wall_reads_what_emerges_of_a_district_a_town_or_a_committee_in_one_statement(town, now):
    [matter_id] = await warning.warn_in(TOWN, now)
    today = shanghai_date(now)

    statements = await heard_from(lambda: queries.list_emerging([TOWN[:6]], 5, today))
    found = [await queries.list_emerging([area], 5, today) for area in (TOWN[:6], TOWN, COMMITTEE, OTHER_COMMITTEE)]

    assert len(statements) == 1
    assert [[each.id for each in matters] for matters in found] == [[matter_id]] * 3 + [[]]
    assert found[0][0].words[0] == MATTERS[0]
    assert await queries.list_emerging([TOWN], 0, today) == await queries.list_emerging([], 5, today) == []
    assert await queries.list_emerging([TOWN], 5, today + timedelta(days=7)) == []


async def test_what_four_people_say_is_shown_nowhere(database, now):
    await make_town(now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now, many=4)]))
    await counting.count_pending(now)
    await discovering.discover(now)
    await counting.count_pending(now)

    [week] = await queries.read_week([TOWN], now.date())
    assert MATTERS[0] not in {each.word for each in (*week.hot, *week.new)}


@pytest.mark.parametrize("day", [date.min, date.max, date(1, 1, 7)])
async def test_any_week_and_any_area_is_read(town, day):
    for area in ("", "31", "999999999", TOWN):
        [week] = await queries.read_week([area], day)
        assert week.hot == () and week.week.weekday() == 0


async def test_cases_are_the_orders_that_say_it_as_far_as_the_reader_may_see_them(town, now):
    [matter_id] = await warning.warn_in(TOWN, now)
    question = await cases.ask_by_matter(matter_id)
    neighbour = await make_staff(Role.COMMITTEE, area=OTHER_COMMITTEE)

    first = await cases.list_cases(question, town.dispatcher, limit=10)
    rest = await cases.list_cases(question, town.dispatcher, limit=10, cursor=first.next_cursor)

    assert (len(first.items), len(rest.items), rest.next_cursor) == (10, 4, None)
    assert (await cases.list_cases(question, neighbour, limit=10)).items == []
    word_id = await db.fetchval("SELECT id FROM opinion_word WHERE word = $1", MATTERS[0])
    by_word = await cases.ask_by_word(COMMITTEE, word_id, now.date())
    assert len((await cases.list_cases(by_word, town.dispatcher, limit=50)).items) == 14
    with pytest.raises(MatterMissing):
        await cases.ask_by_word("310104003001", word_id, now.date())


async def test_what_the_desk_says_of_warnings_is_their_rate_and_the_last_word_stands(town, now):
    [matter_id] = await warning.warn_in(TOWN, now)
    far = await make_staff(Role.DISPATCHER, area="310104003")
    with pytest.raises(MatterMissing):
        await verdicts.judge(matter_id, WarningVerdict.USEFUL, far, now)

    await verdicts.judge(matter_id, WarningVerdict.FALSE_ALARM, town.dispatcher, now)
    await verdicts.judge(matter_id, WarningVerdict.USEFUL, town.dispatcher, now)

    rates = await towns.view_rates(TOWN, week_at(now))
    assert (rates.warnings, rates.useful, rates.false_alarms) == (1, 1, 0)
    assert rates.by_chance is not None and rates.by_chance <= rates.accepted_per_month


async def test_a_town_sets_what_it_accepts_and_nobody_else_does(town, now):
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN)
    await towns.accept(TOWN, 4.0, admin, now)

    assert (await towns.read(TOWN)).per_month == 4.0
    with pytest.raises(OpinionAreaMissing):
        await towns.accept(TOWN, 4.0, town.dispatcher, now)
    with pytest.raises(OpinionAreaMissing):
        await towns.accept(COMMITTEE, 4.0, admin, now)
    for wrong in (0.0, -1.0, 31.0):
        with pytest.raises(AcceptedRateUnclear):
            await towns.accept(TOWN, wrong, admin, now)


async def test_a_matter_nobody_was_warned_of_is_not_judged(town, now):
    await towns.note_replay(TOWN, ShuffledPast((), 0), now)
    await warning.warn_in(TOWN, now)
    matter_id = await db.fetchval("SELECT id FROM emerging_matter")

    with pytest.raises(MatterMissing):
        await verdicts.judge(matter_id, WarningVerdict.USEFUL, town.dispatcher, now)
    assert await say([Saying("", now)])
