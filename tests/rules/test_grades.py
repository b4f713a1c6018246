"""A shop's score by its rows, its grade, and what would change it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from shops.grades import rules
from shops.grades.structs import AdviceKind, Grade, GradedFinding, GradeSettings, Standing

TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 4, tzinfo=UTC)
BY = GradeSettings()


def finding(number=1, *, ago=5, points=5, fixed=True, late=False, **other):
    found_on = TODAY - timedelta(days=ago)
    found_at = datetime(found_on.year, found_on.month, found_on.day, 2, tzinfo=UTC)
    due_at = found_at + timedelta(days=1) if late else max(found_at + timedelta(days=3), NOW + timedelta(days=1))
    fixed_at = (due_at + timedelta(hours=1) if late else found_at + timedelta(hours=4)) if fixed else None
    usual = {"department": "fire", "words_zh": "灭火器过期", "words_en": "Old extinguisher"}
    usual |= {"is_p0": False, "is_repeat": False, "answered_at": fixed_at, "is_overdue": (fixed_at or NOW) > due_at}
    return GradedFinding(id=number, points=points, found_on=found_on, due_at=due_at, fixed_at=fixed_at, **usual | other)


def graded(*findings, grade=Grade.A, since_ago=100):
    standing = Standing(grade=grade, since=TODAY - timedelta(days=since_ago))
    found = rules.score(findings, BY, TODAY)
    return found.total, rules.next_grade(standing, found, BY, TODAY)


@pytest.mark.parametrize(
    ("findings", "total", "grade"),
    [
        ((), 100, Grade.A),
        ((finding(points=10),), 90, Grade.A),
        ((finding(points=11),), 89, Grade.B),
        ((finding(points=10, is_repeat=True),), 85, Grade.B),
        ((finding(points=10, late=True, is_repeat=True),), 80, Grade.B),
        ((finding(points=13, late=True),), 74, Grade.C),
        ((finding(points=1, is_p0=True),), 99, Grade.C),
        ((finding(points=50, ago=31),), 100, Grade.A),
        ((finding(points=50, ago=40, fixed=False, late=True),), 0, Grade.C),
        ((finding(points=3, self_reported=True),), 100, Grade.A),
        ((finding(points=12), *(finding(number, self_reported=True) for number in range(2, 12))), 93, Grade.A),
    ],
)
def test_the_score_and_the_grade_that_follows(findings, total, grade):
    assert graded(*findings) == (total, grade)


@pytest.mark.parametrize(
    ("clean_days", "since_ago", "grade"),
    [(29, 100, Grade.C), (30, 100, Grade.B), (30, 29, Grade.C), (31, 30, Grade.B)],
)
def test_it_goes_up_one_step_after_thirty_clean_days(clean_days, since_ago, grade):
    assert graded(finding(ago=clean_days, points=1), grade=Grade.C, since_ago=since_ago)[1] is grade


def test_it_goes_down_at_once_and_as_far_as_the_score_says():
    assert graded(finding(is_p0=True), since_ago=0)[1] is Grade.C


def test_what_would_change_it_is_said_with_days_and_points():
    standing = Standing(grade=Grade.B, since=TODAY - timedelta(days=10))
    found = [finding(1, ago=2, points=4, fixed=False), finding(2, ago=8, points=6)]

    advice = {each.kind: each for each in rules.advise(standing, found, BY, TODAY)}

    assert (advice[AdviceKind.FIX_OPEN].points, advice[AdviceKind.FIX_OPEN].finding_ids) == (4, [1])
    assert (advice[AdviceKind.STAY_CLEAN].to, advice[AdviceKind.STAY_CLEAN].on) == (
        Grade.A,
        TODAY - timedelta(days=2) + timedelta(days=30),
    )
    assert (advice[AdviceKind.LOSES_WEIGHT].points, advice[AdviceKind.LOSES_WEIGHT].on) == (
        6,
        TODAY + timedelta(days=22),
    )


def test_only_what_is_the_shops_turn_is_at_stake_and_its_day_is_one_of_shanghai():
    evening = replace(finding(1, ago=2, points=4, fixed=False), due_at=datetime(2026, 11, 28, 20, tzinfo=UTC))
    answered = replace(finding(2, ago=2, points=4, fixed=False), answered_at=NOW)
    standing = Standing(grade=Grade.A, since=TODAY)

    [to_fix] = [
        each for each in rules.advise(standing, [evening, answered], BY, TODAY) if each.kind is AdviceKind.FIX_OPEN
    ]

    assert (to_fix.finding_ids, to_fix.on) == ([1], date(2026, 11, 29))


def test_of_the_best_there_is_nothing_to_change():
    standing = Standing(grade=Grade.A, since=TODAY)

    assert [each.kind for each in rules.advise(standing, [], BY, TODAY)] == [AdviceKind.KEEP]


FINDINGS = st.lists(
    st.builds(
        finding,
        st.integers(1, 10**6),
        ago=st.integers(0, 400),
        points=st.integers(0, 60),
        fixed=st.booleans(),
        late=st.booleans(),
        is_p0=st.booleans(),
        is_repeat=st.booleans(),
        self_reported=st.booleans(),
    ),
    max_size=12,
)


@given(FINDINGS)
def test_a_score_is_the_sum_of_its_rows_within_its_bounds(findings):
    found = rules.score(findings, BY, TODAY)

    assert 0 <= found.total <= 100
    assert found.total == pytest.approx(min(100, max(0, 100 + sum(row.change for row in found.rows))), abs=0.051)


@given(FINDINGS, st.sampled_from(list(Grade)), st.integers(0, 60))
def test_it_never_rises_by_more_than_a_step_and_never_before_its_day(findings, grade, since_ago):
    standing = Standing(grade=grade, since=TODAY - timedelta(days=since_ago))
    found = rules.score(findings, BY, TODAY)

    after = rules.next_grade(standing, found, BY, TODAY)

    assert ord(grade) - ord(after) <= 1
    assert after >= grade or (since_ago >= BY.clean_days and after >= rules.by_score(found, BY))


@given(
    FINDINGS,
    st.sampled_from([Grade.B, Grade.C]),
    st.integers(0, 60),
    st.builds(replace, st.just(BY), window_days=st.integers(1, 90), clean_days=st.integers(1, 90)),
)
def test_the_day_that_is_promised_is_the_first_on_which_it_goes_up(findings, grade, since_ago, by):
    standing = Standing(grade=grade, since=TODAY - timedelta(days=since_ago))
    mended = [replace(each, fixed_at=each.fixed_at or each.due_at) for each in findings]

    on = rules.goes_up_on(standing, findings, by, TODAY)

    def after(day):
        return rules.next_grade(standing, rules.score(mended, by, day), by, day)

    assert after(on) < grade
    assert on == TODAY or after(on - timedelta(days=1)) >= grade


def test_a_fault_that_counts_no_more_still_ends_the_clean_days():
    by, standing = replace(BY, window_days=7, clean_days=30), Standing(grade=Grade.B, since=TODAY - timedelta(days=50))

    found = rules.score([finding(ago=10, points=1)], by, TODAY)

    assert (found.rows, found.last_fault_on) == ([], TODAY - timedelta(days=10))
    assert rules.next_grade(standing, found, by, TODAY) is Grade.B
    assert rules.goes_up_on(standing, [finding(ago=10, points=1)], by, TODAY) == TODAY + timedelta(days=20)


@given(FINDINGS)
def test_a_fault_more_never_makes_a_better_grade(findings):
    fewer, more = (rules.by_score(rules.score(each, BY, TODAY), BY) for each in (findings, [*findings, finding(10**7)]))

    assert more >= fewer
