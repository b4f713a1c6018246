"""A district's week is what its towns say, added up by how words read; adding up again changes nothing."""

from datetime import datetime, timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.public_opinion import cases, counting, districts, queries, queueing, vocabulary
from backend.public_opinion.errors import MatterMissing
from backend.public_opinion.weeks import week_at
from backend.public_opinion.words.found_word import FoundWord
from tests.makers.accounts import make_staff
from tests.makers.opinion import Saying, say
from tests.makers.town import COMMITTEE, TOWN, make_town

DISTRICT = TOWN[:6]
OTHER_TOWN, FAR_TOWN = f"{DISTRICT}107", "310104003"
WORD = "飞线充电"


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture(autouse=True)
async def said(database: str, now: datetime) -> None:
    """Three people in one town and two in another, this week; two in each of the five weeks before; and far away."""
    await make_town(now)
    for town in (TOWN, OTHER_TOWN, FAR_TOWN):
        await vocabulary.add(town, [FoundWord(WORD, 9, False)], now)
    sayings = [Saying(WORD, now, area) for area in [COMMITTEE] * 3 + [f"{OTHER_TOWN}001"] * 2 + [f"{FAR_TOWN}001"] * 9]
    sayings += [Saying(WORD, now - timedelta(weeks=week), COMMITTEE) for week in range(1, 6) for _ in range(2)]
    await queueing.note(await say(sayings))
    await counting.count_pending(now)
    await districts.add_up(now, districts.ALL_WEEKS)


async def test_a_word_that_five_people_say_in_two_towns_is_told_of_their_district_and_of_neither(now):
    district, town, other = await queries.read_week([DISTRICT, TOWN, OTHER_TOWN], now.date())

    [word] = district.hot or district.new or [None]
    assert (district.reporters, district.orders, district.weeks_known) == (5, 5, 5)
    assert word is None or (word.word, word.reporters, word.towns, word.before) == (WORD, 5, 2, 10)
    assert town.hot == other.hot == ()
    row = await db.fetchrow(
        "SELECT reporters, towns FROM opinion_district_count WHERE district_code = $1 AND week = $2",
        *(DISTRICT, week_at(now)),
    )
    assert tuple(row) == (5, 2)


async def test_adding_up_again_changes_nothing_and_what_left_is_gone(now):
    before = await db.fetch("SELECT * FROM opinion_district_count ORDER BY id")
    await districts.add_up(now, districts.ALL_WEEKS)
    again = await db.fetch("SELECT * FROM opinion_district_count ORDER BY id")

    cancelled = await db.fetch(
        "UPDATE work_order SET state = 'cancelled', cancelled_at = $1 WHERE area_code = $2 RETURNING id",
        *(now, f"{OTHER_TOWN}001"),
    )
    await queueing.note([row["id"] for row in cancelled])
    await counting.count_pending(now)
    await districts.add_up(now)

    assert before == again
    [district] = await queries.read_week([DISTRICT], now.date())
    assert district.reporters == 3


async def test_the_words_of_a_district_lead_to_the_texts_of_its_towns_and_of_no_other(now):
    reader = await make_staff(Role.DISTRICT_ADMIN, area=DISTRICT)
    question = await cases.ask_in_district(DISTRICT, WORD, now.date())

    assert len((await cases.list_cases(question, reader, limit=50)).items) == 5
    with pytest.raises(MatterMissing):
        await cases.ask_in_district(DISTRICT, "没有的词", now.date())
