"""Scores of units, out of the sums of indicators: whose they are, like with like, and ranks only where they differ."""

from datetime import date, timedelta

import pytest

from backend.evaluation.ranking import Rank
from backend.evaluation.structs import SubjectScore, UnitMeasure
from backend.evaluation.units import score_units
from backend.indicators.structs import Period
from tests.makers.indicators import contribute, sum_months

TOWN, ONE, OTHER, FAR = "310115105", "310115105001", "310115105002", "310104003001"
PERIOD = Period(date(2026, 9, 20), date(2026, 11, 10))
"""A part of a month, a whole one and a part of another."""
EASY, HARD = "A101", "B301"

pytestmark = pytest.mark.usefixtures("database")


async def had(unit_id: int | None, item_code: str, cases: int, n: int, area: str = ONE, day: date | None = None):
    """What a unit was to have done, and did in time, on a day within the period."""
    day = day or date(2026, 10, 5)
    await contribute(area, day, unit_id=unit_id, item_code=item_code, due=n, done_in_time=cases)


async def scores(area: str = TOWN) -> dict[int, SubjectScore]:
    await sum_months()
    return {each.subject_id: each for each in await score_units(area, PERIOD, UnitMeasure.DONE_ON_TIME)}


async def test_units_have_ranks_where_they_differ_and_none_of_few_cases():
    await had(1, EASY, 95, 100)
    await had(2, EASY, 94, 100, OTHER)
    await had(3, EASY, 30, 100)
    await had(4, EASY, 19, 19)

    found = await scores()

    assert list(found) == [1, 2, 3, 4]
    assert [found[unit].rank for unit in found] == [Rank(1, 2), Rank(1, 2), Rank(3, 3), None]
    assert (found[1].cases, found[1].n, found[1].value) == (95, 100, 0.95)
    assert found[1].interval.low < 0.95 < found[1].interval.high


async def test_where_less_is_better_the_least_stands_first():
    await contribute(ONE, date(2026, 10, 5), unit_id=1, closed=200, closed_reworked=100)
    await contribute(ONE, date(2026, 10, 5), unit_id=2, closed=200, closed_reworked=10)
    await sum_months()

    found = await score_units(TOWN, PERIOD, UnitMeasure.REWORKED)

    assert [(each.subject_id, each.rank) for each in found] == [(2, Rank(1, 1)), (1, Rank(2, 2))]


async def test_a_unit_with_hard_matters_is_held_against_what_the_area_reaches_in_them():
    await had(1, HARD, 35, 100)
    await had(2, HARD, 25, 100)
    await had(2, EASY, 180, 200)

    found = await scores()

    assert (found[1].value, found[1].expected) == (0.35, pytest.approx(0.3))
    assert found[2].expected == pytest.approx((100 * 0.3 + 200 * 0.9) / 300)
    assert found[1].adjusted == pytest.approx(240 / 400 * 0.35 / 0.3)


async def test_whoever_has_all_cases_is_compared_with_nobody():
    await had(1, EASY, 40, 50)

    (score,) = (await scores()).values()

    assert (score.value, score.expected, score.adjusted, score.rank) == (0.8, None, None, Rank(1, 1))


async def test_only_what_lies_in_the_area_on_the_days_and_has_a_unit_counts():
    await had(1, EASY, 10, 20)
    await had(1, EASY, 20, 20, OTHER)
    await had(2, EASY, 20, 20, FAR)
    await had(None, EASY, 20, 20)
    await had(1, EASY, 9, 9, day=PERIOD.last + timedelta(days=1))
    await had(1, EASY, 9, 9, day=PERIOD.first - timedelta(days=1))
    await had(1, EASY, 1, 1, day=PERIOD.first)
    await had(1, EASY, 1, 1, day=PERIOD.last)

    assert {unit: (each.cases, each.n) for unit, each in (await scores(ONE)).items()} == {1: (12, 22)}
    assert {unit: (each.cases, each.n) for unit, each in (await scores()).items()} == {1: (32, 42)}


async def test_an_area_without_cases_has_no_scores():
    await contribute(ONE, date(2026, 10, 5), unit_id=1, opened=3)

    assert await scores() == {}
    assert await scores(FAR) == {}
