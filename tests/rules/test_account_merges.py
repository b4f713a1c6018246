"""Of two accounts of one person one goes on: the one with more to lose, whichever way round they are named."""

import pytest

from backend.account_merges import MergeCandidate, MergeOfTwoNames, MergeOfTwoRoles, survivor_of


def candidate(account_id: int, has_role: bool = False, *vendors: str) -> MergeCandidate:
    return MergeCandidate(account_id=account_id, has_role=has_role, vendors=frozenset(vendors))


@pytest.mark.parametrize(
    ("goes_on", "is_merged"),
    [
        (candidate(3), candidate(9)),
        (candidate(9, False, "wechat"), candidate(3)),
        (candidate(9, True), candidate(3)),
        (candidate(9, True), candidate(3, False, "wechat")),
        (candidate(9, True, "wechat"), candidate(3)),
    ],
    ids=["the older", "the one at WeChat", "the one with a role", "a role before WeChat", "both in one"],
)
def test_the_one_with_more_to_lose_goes_on(goes_on: MergeCandidate, is_merged: MergeCandidate) -> None:
    assert survivor_of(goes_on, is_merged) is survivor_of(is_merged, goes_on) is goes_on


def test_two_with_a_role_stay_two() -> None:
    with pytest.raises(MergeOfTwoRoles):
        survivor_of(candidate(3, True), candidate(9, True, "wechat"))


def test_two_people_at_wechat_stay_two() -> None:
    with pytest.raises(MergeOfTwoNames):
        survivor_of(candidate(3, True, "wechat"), candidate(9, False, "wechat"))
