"""Ranks where there is a difference, and a like measure for hard and easy matters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.evaluation.ranking import RANKED_MOST, Rank, Share, p_value, rank
from backend.evaluation.standardising import adjust

SHARES = st.dictionaries(
    st.integers(1, 12), st.integers(0, 400).flatmap(lambda n: st.builds(Share, st.integers(0, n), st.just(n)))
)


def test_who_differs_from_nobody_shares_the_rank_with_all() -> None:
    close = {1: Share(45, 50), 2: Share(44, 50), 3: Share(46, 50)}

    assert set(rank(close, higher_is_better=True).values()) == {Rank(1, 3)}


def test_who_is_surely_better_stands_before_and_those_between_span_both() -> None:
    ranks = rank({1: Share(480, 500), 2: Share(455, 500), 3: Share(300, 500), 4: Share(9, 10)}, higher_is_better=True)

    assert ranks[1] == Rank(1, 2)
    assert ranks[3] == Rank(3, 4)
    assert ranks[4] == Rank(1, 4)


def test_where_less_is_better_the_order_turns() -> None:
    two = {1: Share(10, 500), 2: Share(200, 500)}

    assert rank(two, higher_is_better=False) == {1: Rank(1, 1), 2: Rank(2, 2)}
    assert rank(two, higher_is_better=True) == {1: Rank(2, 2), 2: Rank(1, 1)}


def test_many_pairs_need_a_larger_difference_than_one_pair() -> None:
    one, other = Share(60, 100), Share(75, 100)
    crowd = {number: Share(67, 100) for number in range(3, 21)}

    assert p_value(one, other) < 0.05
    assert not rank({1: one, 2: other}, higher_is_better=True)[2].is_shared
    assert rank({1: one, 2: other} | crowd, higher_is_better=True)[2].is_shared


@given(SHARES)
def test_ranks_span_their_place_and_never_leave_the_table(shares: dict[int, Share]) -> None:
    ranks = rank(shares, higher_is_better=True)

    known = [each for each in shares.values() if each.n]
    assert all(1 <= each.first <= each.last <= len(known) for each in ranks.values())
    assert len(ranks) == len(known)


def test_of_very_many_the_largest_are_compared_and_the_others_have_no_rank() -> None:
    many = {number: Share(10, 20 + number) for number in range(RANKED_MOST + 600)}

    assert rank(many, higher_is_better=True).keys() == set(range(600, RANKED_MOST + 600))


def test_a_unit_with_hard_matters_is_measured_by_what_others_reach_in_them() -> None:
    area = {"A1": Share(900, 1000), "B3": Share(300, 1000)}
    hard = adjust({"B3": Share(35, 100)}, area)
    easy = adjust({"A1": Share(88, 100)}, area)

    assert (hard.observed, hard.expected) == (0.35, pytest.approx(0.3))
    assert easy.adjusted is not None
    assert hard.adjusted is not None
    assert hard.adjusted > 0.6 > easy.adjusted


def test_who_has_nearly_all_cases_of_an_area_is_compared_with_nobody() -> None:
    assert adjust({"A1": Share(95, 95)}, {"A1": Share(99, 100)}).adjusted is None
    with pytest.raises(ValueError, match="nothing"):
        adjust({}, {"A1": Share(1, 1)})
