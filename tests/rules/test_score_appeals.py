"""Appeals against a score: until when, decided by whom, and what a granted one takes out of which figure."""

from datetime import date

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.evaluation.access import areas_of_people, require_people, speaks_for_unit
from backend.evaluation.appeals.cases import is_against
from backend.evaluation.appeals.reads import is_seen
from backend.evaluation.appeals.rules import last_day, require_decider
from backend.evaluation.errors import AppealOfOneself, AppealOfOwnVerdict, NotYourFigures
from backend.evaluation.exclusions import subtract
from backend.evaluation.people import count_people
from backend.evaluation.scoring import by_matter, score_subjects
from backend.indicators.structs import IndicatorFigure

TOWN, COMMITTEE, OTHER_TOWN = "310115105", "310115105001", "310104003"
ASKER = 2
DONE, REWORKED = "done_on_time_rate", "rework_rate"


def somebody(role: Role, area: str = TOWN, unit_id: int | None = None, account_id: int = 1) -> Actor:
    return Actor(account_id=account_id, name="某人", grants=(Grant(role, area),), unit_id=unit_id)


def figure(code: str, subject: int, cases: float, n: int) -> IndicatorFigure:
    return IndicatorFigure(code, str(subject), cases, n, cases / n if n else None, n)


@pytest.mark.parametrize(
    ("counted", "days", "last"),
    [
        (date(2026, 11, 1), 14, date(2026, 12, 14)),
        (date(2026, 11, 30), 14, date(2026, 12, 14)),
        (date(2028, 2, 3), 1, date(2028, 3, 1)),
        (date(2026, 12, 31), 90, date(2027, 3, 31)),
    ],
)
def test_an_appeal_may_be_made_until_so_many_days_after_the_end_of_the_month(counted, days, last):
    assert last_day(counted, days) == last


def test_somebody_else_of_the_centre_decides():
    for role in (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN):
        require_decider(somebody(role), COMMITTEE, ASKER, None, [])
        require_decider(somebody(role, unit_id=8), COMMITTEE, ASKER, 7, [])


@pytest.mark.parametrize(
    ("actor", "judges", "refused"),
    [
        (somebody(Role.DISPATCHER, account_id=ASKER), [], AppealOfOneself),
        (somebody(Role.DISPATCHER, unit_id=7), [], AppealOfOneself),
        (somebody(Role.DISPATCHER, OTHER_TOWN), [], NotYourFigures),
        (somebody(Role.COMMITTEE, COMMITTEE), [], NotYourFigures),
        (somebody(Role.VERIFIER), [], NotYourFigures),
        (somebody(Role.HANDLER), [], NotYourFigures),
        (somebody(Role.STREET_ADMIN), [5, 1], AppealOfOwnVerdict),
    ],
)
def test_nobody_decides_for_themselves_for_another_area_or_on_a_verdict_of_their_own(actor, judges, refused):
    with pytest.raises(refused):
        require_decider(actor, COMMITTEE, ASKER, 7, judges)


def test_figures_of_people_are_read_by_the_centre_of_the_area_alone():
    assert require_people(somebody(Role.DISPATCHER), None) == TOWN
    assert require_people(somebody(Role.DISTRICT_ADMIN, "310115"), COMMITTEE) == COMMITTEE
    for role in set(Role) - {Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN}:
        assert areas_of_people(somebody(role)) == []
        with pytest.raises(NotYourFigures):
            require_people(somebody(role), TOWN)
    for area in (OTHER_TOWN, "", "x", "310115", "3101151050010010"):
        with pytest.raises(NotYourFigures):
            require_people(somebody(Role.DISPATCHER, COMMITTEE), area or "310115105002")


def test_an_appeal_is_read_by_who_made_it_who_speaks_for_the_unit_and_the_centre():
    assert is_seen(somebody(Role.HANDLER, account_id=ASKER), COMMITTEE, ASKER, None)
    assert is_seen(somebody(Role.HANDLER, unit_id=7), COMMITTEE, ASKER, 7)
    assert is_seen(somebody(Role.DISPATCHER), COMMITTEE, ASKER, None)
    for other in (somebody(Role.HANDLER, unit_id=8), somebody(Role.COMMITTEE), somebody(Role.VERIFIER, unit_id=7)):
        assert not is_seen(other, COMMITTEE, ASKER, 7)
    assert not speaks_for_unit(somebody(Role.HANDLER), None, COMMITTEE)
    assert not speaks_for_unit(somebody(Role.HANDLER, OTHER_TOWN, unit_id=7), 7, COMMITTEE)


@pytest.mark.parametrize(
    ("measure", "cases", "expected"), [(DONE, 0, True), (DONE, 1, False), (REWORKED, 0, False), (REWORKED, 1, True)]
)
def test_a_case_counts_against_a_figure_by_which_way_is_better(measure, cases, expected):
    assert is_against(measure, figure(measure, 9, cases, 1)) is expected


def test_what_is_left_out_is_in_neither_side_of_that_figure_and_in_every_other_one():
    read = [figure(DONE, 1, 6, 10), figure(f"{DONE}.a1", 1, 6, 10), figure(DONE, 2, 3, 4), figure(REWORKED, 1, 2, 5)]
    out = {DONE: [figure(DONE, 1, 0, 2), figure(f"{DONE}.a1", 1, 0, 2), figure(DONE, 3, 1, 1)]}

    corrected = subtract(read, out)

    assert [(each.numerator, each.denominator, each.n) for each in corrected.figures] == [
        (6, 8, 8), (6, 8, 8), (3, 4, 4), (2, 5, 5),
    ]  # fmt: skip
    assert corrected.figures[0].value == 0.75
    assert corrected.left_out == {DONE: {1: 2, 3: 1}}
    assert subtract(read, {}).figures == read


def test_a_score_says_how_many_cases_were_left_out():
    (score,) = score_subjects(DONE, [figure(DONE, 1, 6, 8)], {}, left_out={1: 2}).scores

    assert (score.cases, score.n, score.left_out, score.rank) == (6, 8, 2, None)


def test_of_few_people_none_is_compared():
    figures = [
        figure(code, person, cases, 50)
        for person, cases in ((1, 49), (2, 10))
        for code in (DONE, f"{DONE}.a1")
    ]  # fmt: skip
    area = by_matter(DONE, figures)

    compared = score_subjects(DONE, figures, area, left_out={}).scores
    alone = score_subjects(DONE, figures, area, left_out={}, is_compared=False).scores

    assert count_people(DONE, [*figures, figure(DONE, 3, 0, 0), figure(REWORKED, 4, 1, 1)]) == 2
    assert [each.subject_id for each in compared] == [1, 2] and compared[0].rank is not None
    assert compared[0].expected == pytest.approx(0.59)
    assert {(each.rank, each.expected, each.adjusted) for each in alone} == {(None, None, None)}
    assert [each.value for each in alone] == [each.value for each in compared]
