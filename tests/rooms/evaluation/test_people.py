"""Scores of persons: what they can influence, minimum numbers, like with like, and nobody compared among few."""

from datetime import date

import pytest

from backend.evaluation.people import score_people
from backend.evaluation.ranking import Rank
from backend.evaluation.structs import PersonMeasure, SubjectScore
from backend.indicators.structs import Period
from tests.makers.indicators import contribute, sum_months

TOWN, ONE, FAR = "310115105", "310115105001", "310104003001"
DAY = date(2026, 10, 5)
PERIOD = Period(date(2026, 10, 1), date(2026, 10, 31))

pytestmark = pytest.mark.usefixtures("database")


async def had(person: int, n: int, area: str = ONE, **said: int) -> None:
    await contribute(area, DAY, person_id=person, due=n, **said)


async def scores(measure: str = PersonMeasure.DONE_ON_TIME) -> list[SubjectScore]:
    await sum_months()
    return (await score_people([TOWN], PERIOD))[measure].scores


async def test_five_people_are_compared_with_each_other_and_ranked_where_they_differ():
    for person, cases in ((1, 95), (2, 94), (3, 93), (4, 30)):
        await had(person, 100, done_in_time=cases)
    await had(5, 10, done_in_time=10)
    await had(6, 50, FAR, done_in_time=1)

    found = {each.subject_id: each for each in await scores()}

    assert set(found) == {1, 2, 3, 4, 5}, "who works elsewhere is not among them"
    assert [found[person].rank for person in (1, 2, 3, 4, 5)] == [Rank(1, 3), Rank(1, 3), Rank(1, 3), Rank(4, 4), None]
    assert found[4].expected == pytest.approx(322 / 410)
    assert found[4].interval.low < 0.3 < found[4].interval.high


async def test_of_four_people_none_is_compared():
    for person in range(1, 5):
        await had(person, 100, done_in_time=20 * person)

    assert {(each.rank, each.expected, each.adjusted) for each in await scores()} == {(None, None, None)}


async def test_what_nobody_accepted_is_nobodys_and_no_measure_of_those_who_work():
    for person in range(1, 6):
        await had(person, 20, done_in_time=10)
    await contribute(ONE, DAY, due=500)

    assert {each.expected for each in await scores()} == {0.5}


async def test_each_measure_rests_on_its_own_cases():
    await had(1, 4, done_in_time=3, respond_due=5, accepted_in_time=5, arrive_due=2, arrived_in_time=1, closed=6)
    await sum_months()

    found = await score_people([TOWN], PERIOD)

    counted = {measure: [(each.cases, each.n) for each in of_measure.scores] for measure, of_measure in found.items()}
    assert counted == {
        PersonMeasure.DONE_ON_TIME: [(3, 4)],
        PersonMeasure.ACCEPTED_ON_TIME: [(5, 5)],
        PersonMeasure.ARRIVED_ON_TIME: [(1, 2)],
        PersonMeasure.REWORKED: [(0, 6)],
    }
    assert [each.scores for each in (await score_people([], PERIOD)).values()] == [[]] * 4
